import { formatCount, formatProbability, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { ActivationByDepth } from '../queries/activation-by-depth.js';
import { seriesName } from '../queries/measurements.js';
import type { Chart } from './chart.js';
import { relativeDepth, relativeDepthAxis } from './relative-depth-axis.js';
import { runStyle } from './runs-over-epochs-chart.js';
import { frame, lineSeries, yAxisStyle } from './theme.js';

/** A run's name with its last measurement. */
export interface ComparedRun {
  readonly name: string;
  readonly activation: ActivationByDepth;
  /** Place among the runs, from which colour and dash come, where others are left out; its index if undefined. */
  readonly place?: number;
}

/** Layer means of Pr[y>0] by relative depth, a line a run. Needs at least one run. */
export function comparisonChart(runs: readonly ComparedRun[]): Chart {
  const relative = ({ activation }: ComparedRun) =>
    activation.layers.flatMap((layer, index) =>
      layer.mean === null ? [] : [[relativeDepth(index, activation.layers.length), layer.mean] as const],
    );
  return {
    title: 'Layer means of Pr[y>0] by relative depth',
    summary: `${runs
      .map(
        ({ name, activation }) =>
          `${label(name, 60)}: mean over units ${formatProbability(activation.mean)}, ` +
          `${plural(activation.layers.length, 'site')}, ${plural(activation.images, 'image')} (${seriesName(activation.on)})`,
      )
      .join('; ')}.`,
    legend: runs.map(({ name, place }, index) => {
      const { colour, mark } = runStyle(place ?? index);
      return { label: label(name, 60), colour, mark };
    }),
    table: {
      columns: [
        { label: 'run', as: 'text' },
        { label: 'depth', as: 'number' },
        { label: 'site', as: 'text' },
        { label: 'mean Pr[y>0]', as: 'number' },
      ],
      rows: runs.flatMap(({ name, activation }) =>
        activation.layers.map((layer) => [
          label(name, 60),
          formatCount(layer.site.depth),
          label(layer.site.name, 60),
          formatProbability(layer.mean),
        ]),
      ),
    },
    draw: (width) => ({
      width,
      height: 320,
      option: {
        ...frame({ right: 30 }),
        xAxis: relativeDepthAxis(),
        yAxis: { type: 'value', min: 0, max: 1, ...yAxisStyle('mean Pr[y>0]') },
        series: runs.map((run, index) => {
          const { colour, dash } = runStyle(run.place ?? index);
          return lineSeries(relative(run), colour, { type: dash }, { shape: 'circle', size: 5 });
        }),
      },
    }),
  };
}
