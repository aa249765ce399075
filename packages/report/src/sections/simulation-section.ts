import { simulationChart } from '../charts/simulation-chart.js';
import { renderFigure } from '../html/figure.js';
import { markup } from '../html/markup.js';
import { label } from '../html/label.js';
import type { RunRecord } from '../queries/run-record.js';
import { simulationCurves } from '../queries/simulation-curves.js';
import { note, type Section } from './section.js';

/** A chart for each simulated quantity. */
export function simulationSection(record: RunRecord, run: string): readonly Section[] {
  const quantities = simulationCurves(record);
  if (quantities.length === 0) {
    if (record.manifest.config['simulation'] === undefined) return [];
    return [{ id: `${run}.simulation`, title: 'Simulation', body: note('No curve was recorded.') }];
  }
  return [
    {
      id: `${run}.simulation`,
      title: 'Simulation',
      body: markup`${quantities.map((quantity, index) => {
        const chart = simulationChart(quantity);
        return chart
          ? renderFigure(chart, `${run}.simulation-${index + 1}`)
          : note('“', label(quantity.name, 80), '” has no finite value to draw.');
      })}`,
    },
  ];
}
