import { formatCount, formatEpoch, formatNumber, formatProbability, plural } from '../html/format.js';
import { markup, type Markup } from '../html/markup.js';
import { label } from '../html/label.js';
import { renderTable } from '../html/table.js';
import { deadUnits, type DeadUnits } from '../queries/dead-units.js';
import { seriesName } from '../queries/measurements.js';
import type { RunRecord } from '../queries/run-record.js';
import { note, type Section } from './section.js';

const MOST_ROWS = 200;

/** Which units are dead, since when, and how sure that is. */
export function deadUnitsSection(record: RunRecord, run: string): readonly Section[] {
  const dead = deadUnits(record);
  if (!dead) return [];
  return [
    {
      id: `${run}.dead`,
      title: 'Dead units',
      body: markup`${introduction(dead)}${dead.rows.length > 0 && listing(dead)}`,
    },
  ];
}

function introduction(dead: DeadUnits): Markup {
  const { neverFired, nearlyDead, units, images, epsilon, confidence, neverFiredUpper } = dead;
  const bound =
    neverFiredUpper === null
      ? ''
      : ` A unit that fired on none of ${plural(images, 'image')} fires on at most ${formatProbability(neverFiredUpper)} of ` +
        `images${confidence === null ? '' : ` (one-sided ${formatNumber(100 * confidence)}\u00a0% bound)`}.`;
  return markup`<p>
    After step ${formatCount(dead.step)} (epoch ${formatEpoch(dead.epoch)}), ${formatCount(neverFired)} of
    ${plural(units, 'unit')} never fired on the ${plural(images, 'image')} measured (${seriesName(dead.on)}), and
    ${formatCount(nearlyDead)} were nearly dead${epsilon === null ? '' : ` (Pr[y>0] < ${formatNumber(epsilon)})`}, those
    that never fired included.${bound}
  </p>`;
}

function listing(dead: DeadUnits): Markup {
  const byState = [...dead.rows].sort((a, b) => Number(b.state === 'never fired') - Number(a.state === 'never fired'));
  const table = renderTable(
    {
      most: MOST_ROWS,
      columns: [
        { label: 'site', as: 'text' },
        { label: 'unit', as: 'number' },
        { label: 'state', as: 'text' },
        { label: 'elements fired', as: 'number' },
        { label: 'images fired / N', as: 'number' },
        { label: 'upper bound of Pr[fires on an image]', as: 'number' },
        { label: 'since step', as: 'number' },
        { label: 'since epoch', as: 'number' },
      ],
      rows: byState.map((row) => [
        label(row.site.name, 80),
        String(row.unit),
        row.state,
        formatCount(row.fired),
        `${formatCount(row.imagesFired)} / ${formatCount(dead.images)}`,
        formatProbability(row.upper),
        formatCount(row.sinceStep),
        formatEpoch(row.sinceEpoch),
      ]),
    },
    'Dead units',
  );
  return markup`${note('“Since” is the first measurement from which on the unit was so at every measurement. Units count from 0.')}${table}`;
}
