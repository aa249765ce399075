import { lifeCycleChart } from '../charts/life-cycle-chart.js';
import { survivalChart } from '../charts/survival-chart.js';
import { renderFigure } from '../html/figure.js';
import { formatCount, plural } from '../html/format.js';
import { markup } from '../html/markup.js';
import { label } from '../html/label.js';
import { renderTable } from '../html/table.js';
import { lifeCycle } from '../queries/life-cycle.js';
import type { RunRecord } from '../queries/run-record.js';
import { unitSurvival } from '../queries/unit-survival.js';
import type { Section } from './section.js';

/** Units that were born dead, died and revived. */
export function lifeCycleSection(record: RunRecord, run: string): readonly Section[] {
  const cycle = lifeCycle(record);
  if (!cycle) return [];
  const chart = lifeCycleChart(cycle);
  const survival = unitSurvival(record);
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
        ${survival && renderFigure(survivalChart(survival), `${run}.survival`)}
        ${cycle.layers.length > 0 && renderTable(table, 'Life cycle by layer')}`,
    },
  ];
}
