import { normalTheoryChart } from '../charts/normal-theory-chart.js';
import { renderFigure } from '../html/figure.js';
import { formatCount, formatProbability } from '../html/format.js';
import { markup, type Markup } from '../html/markup.js';
import { label } from '../html/label.js';
import { renderTable } from '../html/table.js';
import { normalTheories, type NormalTheory } from '../queries/normal-theory.js';
import type { RunRecord } from '../queries/run-record.js';
import type { Section } from './section.js';

/** What normal pre-activations would make of Pr[y>0], beside what was counted. Nothing where neither probe ran. */
export function normalTheorySection(record: RunRecord, run: string): readonly Section[] {
  const theories = normalTheories(record);
  if (theories.length === 0) return [];
  return [
    {
      id: `${run}.normal`,
      title: 'Normal pre-activations',
      body: markup`${theories.map((theory, index) => comparison(theory, `${run}.normal-${index}`))}`,
    },
  ];
}

function comparison(theory: NormalTheory, id: string): Markup {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const table = {
    columns: [
      { label: 'site', as: 'text' as const },
      { label: 'units', as: 'number' as const },
      { label: 'theory, mean', as: 'number' as const },
      { label: 'counted, mean', as: 'number' as const },
      { label: 'mean deviation', as: 'number' as const },
      { label: 'largest deviation', as: 'number' as const },
    ],
    rows: theory.layers.map(({ site, theory: of, counted, meanDeviation, largestDeviation }) => [
      label(site.name, 80),
      formatCount(of.length),
      ...[mean(of), mean(counted), meanDeviation, largestDeviation].map(formatProbability),
    ]),
  };
  return markup`${renderFigure(normalTheoryChart(theory), id)}
    ${renderTable(table, `Normal pre-activations by layer, from ${theory.from}`)}`;
}
