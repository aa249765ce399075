import { formatCount } from '../../html/format.js';
import { renderFigure } from '../../html/figure.js';
import { label } from '../../html/label.js';
import { markup } from '../../html/markup.js';
import { renderTable, type Table } from '../../html/table.js';
import { note, type Section } from '../../sections/section.js';
import { forestChart } from '../charts/forest-chart.js';
import type { PaperFindings, SkipEffect } from '../findings.js';
import { estimateCell, signed, VERDICTS } from '../told.js';

/** F3. */
export function skipsSection({ skipEffects }: PaperFindings): Section {
  return {
    id: 'skips',
    title: 'F3: what skip connections change',
    body:
      skipEffects.length === 0
        ? note('No network was trained both with its skip connections and without them.')
        : markup`<p>
              The same site of two runs of one seed, which began with the same weights and saw the same batches: with skip connections minus without.
              Judged is the mean over the sites behind additions; the claim holds where its interval leaves out 0, and is undecided otherwise. Single sites
              describe where the difference is.
            </p>
            ${skipEffects.map(
              (effect, index) =>
                markup`${renderFigure(siteChart(effect), `skips-${index + 1}`)}
                ${renderTable(placesTable(effect), `F3: ${label(effect.label, 80)}`)}`,
            )}`,
  };
}

function siteChart({ label: network, pairs, sites, places }: SkipEffect) {
  const told = places.map(({ place, difference }) => `${place} ${estimateCell(difference, signed)}`).join('; ');
  return forestChart(
    sites.map(({ name, place, difference }) => ({
      label: place === 'behind addition' ? `${name} (+)` : name,
      value: difference.mean,
      interval: difference.interval,
    })),
    {
      title: `Pr[y>0] of ${label(network, 80)} with skip connections minus without, by site`,
      summary: `${told}. From input to output; (+) marks sites behind additions. ${formatCount(pairs)} pairs.`,
      rows: 'site',
      axis: 'difference of Pr[y>0]',
      mark: 'mean of the pairs, with its 95 % interval',
      reference: 0,
      format: signed,
    },
  );
}

function placesTable({ places, verdict, pairs }: SkipEffect): Table {
  return {
    columns: [
      { label: 'sites', as: 'text' },
      { label: 'difference', as: 'text' },
      { label: 'pairs', as: 'number' },
      { label: 'verdict', as: 'text' },
    ],
    rows: places.map(({ place, difference }) => [
      place,
      estimateCell(difference, signed),
      formatCount(pairs),
      place === 'behind addition' || places.length === 1 ? VERDICTS[verdict] : '',
    ]),
  };
}
