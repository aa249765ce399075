import { lifeCycleChart } from '../charts/life-cycle-chart.js';
import { survivalChart } from '../charts/survival-chart.js';
import { renderFigure } from '../html/figure.js';
import { formatCount, formatNumber, formatProbability, plural } from '../html/format.js';
import { markup, type Markup } from '../html/markup.js';
import { label } from '../html/label.js';
import { renderTable } from '../html/table.js';
import { lifeCycle } from '../queries/life-cycle.js';
import type { RunRecord } from '../queries/run-record.js';
import { unitSurvival, type UnitSurvival } from '../queries/unit-survival.js';
import { note, type Section } from './section.js';

/** Units that were born dead, died and revived. */
export function lifeCycleSection(record: RunRecord, run: string): readonly Section[] {
  const cycle = lifeCycle(record);
  if (!cycle) return [];
  const chart = lifeCycleChart(cycle);
  const survival = unitSurvival(record);
  const curve = survival && survivalChart(survival);
  const table = {
    columns: [
      { label: 'site', as: 'text' as const },
      { label: 'born dead', as: 'number' as const },
      { label: 'died', as: 'number' as const },
      { label: 'revived', as: 'number' as const },
      { label: 'dead at the end', as: 'number' as const },
    ],
    rows: cycle.layers.map((layer) => [
      label(layer.site.name, 80),
      ...[layer.bornDead, layer.died, layer.revived, layer.deadAtEnd].map(formatCount),
    ]),
  };
  return [
    {
      id: `${run}.life`,
      title: 'Life cycle',
      body: markup`<p>
          ${plural(cycle.bornDead, 'unit')} born dead (never fired at step 0), ${plural(cycle.died, 'death')} and
          ${plural(cycle.revived, 'revival')} seen between measurements; a unit may die and revive more than once.
        </p>
        ${chart && renderFigure(chart, `${run}.deaths`)}
        ${curve && renderFigure(curve, `${run}.survival`)} ${survival && !curve && nobodyDied(survival)}
        ${cycle.layers.length > 0 && renderTable(table, 'Life cycle by layer')}`,
    },
  ];
}

function nobodyDied({ all, images, confidence }: UnitSurvival): Markup {
  const { lower } = all.points.at(-1)!;
  return note(
    `None of ${plural(all.followed, 'unit')} that fired at the first look was silent at a later one on ${plural(images, 'image')}, so there is ` +
      `no survival curve to draw: as independent draws they say that at least ${formatProbability(lower)} of such units survive ` +
      `(${formatNumber(100 * confidence)}\u00a0% interval).`,
  );
}
