import { formatCount, formatNumber, formatProbability } from '../../html/format.js';
import { renderFigure } from '../../html/figure.js';
import { label } from '../../html/label.js';
import { markup } from '../../html/markup.js';
import { renderTable, type Table } from '../../html/table.js';
import { note, type Section } from '../../sections/section.js';
import { forestChart } from '../charts/forest-chart.js';
import { slowingDownChart } from '../charts/slowing-down-chart.js';
import type { PaperFindings, SingleUnitDeath } from '../findings.js';
import { insideOrOutside, signed, VERDICTS } from '../told.js';

/** F5. */
export function slowingDownSection({ slowingDown }: PaperFindings): Section {
  const body = () => {
    const { theory, simulated, verdict } = slowingDown!;
    return markup`<p>
        One ReLU unit is trained to follow another one that fires with probability p. The slowest direction of its weights decays with a time constant that goes
        as a power of p; the claim holds where the simulated power’s interval lies below 0. ${VERDICTS[verdict]}.
        ${
          simulated
            ? `The simulated power is ${signed(simulated.value)} (${signed(simulated.lower)} … ${signed(simulated.upper)}); that of the theory, ${signed(theory)}, lies ${insideOrOutside(theory, simulated)} of it.`
            : `The theory’s power is ${signed(theory)}; nothing was simulated.`
        }
        Powers are those of a straight line through logarithms, which the time constants follow only about.
      </p>
      ${renderFigure(slowingDownChart(slowingDown!), 'slowing-down')}`;
  };
  return {
    id: 'rates',
    title: 'F5: how a single unit slows down as it fires less',
    body: slowingDown ? body() : note('The rates of a single unit were not simulated.'),
  };
}

/** F6. */
export function singleUnitDeathSection({ singleUnitDeath }: PaperFindings): Section {
  return {
    id: 'death',
    title: 'F6: how often a single unit dies',
    body: singleUnitDeath
      ? markup`<p>
            Trials that ended with Pr[y&gt;0] below ${formatNumber(singleUnitDeath.deadBelow)}, over all settings of step size, noise and number of inputs together, with
            Wilson’s interval. Settings were chosen, not drawn: the interval is for these, and the least and greatest share of a setting stand beside it. The claim holds
            where each interval leaves out 0. ${VERDICTS[singleUnitDeath.verdict]}.
          </p>
          ${singleUnitDeath.rows.length > 0 && renderFigure(deathChart(singleUnitDeath), 'death-shares')}
          ${renderTable(deathTable(singleUnitDeath), 'F6 by initialization')}`
      : note('The death of single units was not simulated.'),
  };
}

function deathChart({ rows }: SingleUnitDeath) {
  const figures = rows.map(
    ({ initialization, share }) => `${label(initialization, 60)} ${formatProbability(share.mean)}`,
  );
  return forestChart(
    rows.map(({ initialization, share }) => ({ label: initialization, value: share.mean, interval: share })),
    {
      title: 'Share of single units that die, by initialization',
      summary: `${figures.join('; ')}.`,
      rows: 'initialization',
      axis: 'share of trials',
      mark: 'share, with Wilson’s 95 % interval',
      reference: 0,
      format: formatProbability,
    },
  );
}

function deathTable({ rows }: SingleUnitDeath): Table {
  return {
    columns: [
      { label: 'initialization', as: 'text' },
      { label: 'dead / trials', as: 'number' },
      { label: 'share', as: 'text' },
      { label: 'settings', as: 'number' },
      { label: 'least', as: 'number' },
      { label: 'greatest', as: 'number' },
    ],
    rows: rows.map(({ initialization, dead, trials, share, settings, least, greatest }) => [
      label(initialization, 60),
      `${formatCount(dead)} / ${formatCount(trials)}`,
      `${formatProbability(share.mean)}, ${formatProbability(share.lower)} … ${formatProbability(share.upper)}`,
      formatCount(settings),
      formatProbability(least),
      formatProbability(greatest),
    ]),
  };
}
