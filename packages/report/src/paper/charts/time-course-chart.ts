import type { Chart } from '../../charts/chart.js';
import { epochAxis, yAxisStyle } from '../../charts/theme.js';
import { formatEpoch, formatProbability } from '../../html/format.js';
import { label } from '../../html/label.js';
import type { TimeCourse } from '../findings.js';
import { intervalCells } from '../told.js';
import { curvesChart } from './curves-chart.js';

/** Pr[y>0] of the layers without a skip connection through training. One course at least. */
export function timeCourseChart(courses: readonly TimeCourse[]): Chart {
  const epochs = courses.flatMap(({ points }) => points.map(({ epoch }) => epoch));
  const [from, to] = [Math.min(...epochs), Math.max(...epochs)];
  const ends = courses.map(({ network, points }) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    return `${label(network, 80)} from ${formatProbability(first.activation.mean)} to ${formatProbability(last.activation.mean)}`;
  });
  return curvesChart(
    courses.map(({ network, points }) => ({
      label: network,
      points: points.map(({ epoch, activation }) => ({ x: epoch, value: activation })),
    })),
    {
      title: 'Pr[y>0] through training',
      summary: `Mean over the layers without a skip connection: ${ends.join('; ')}. Means over seeds; bands are their 95 % intervals. Dashed: one half.`,
      from,
      to,
      reference: 0.5,
      xAxis: epochAxis(from, to),
      yAxis: { type: 'value', min: 0, max: 1, ...yAxisStyle('mean Pr[y>0]') },
      table: {
        columns: [
          { label: 'network', as: 'text' },
          { label: 'epochs', as: 'number' },
          { label: 'mean Pr[y>0]', as: 'number' },
          { label: 'lower', as: 'number' },
          { label: 'upper', as: 'number' },
          { label: 'share of units that never fired', as: 'number' },
        ],
        rows: courses.flatMap(({ network, points }) =>
          points.map(({ epoch, activation, dead }) => [
            label(network, 80),
            formatEpoch(epoch),
            formatProbability(activation.mean),
            ...intervalCells(activation),
            formatProbability(dead.mean),
          ]),
        ),
      },
    },
  );
}
