import { formatCount, formatProbability, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { ActivationByDepth } from '../queries/activation-by-depth.js';
import { seriesName } from '../queries/measurements.js';
import type { Chart } from './chart.js';
import { relativeDepth, relativeDepthAxis } from './relative-depth-axis.js';
import { DASHES, DASH_MARKS, frame, GROUP_COLOURS, lineSeries, yAxisStyle } from './theme.js';

/** A run's name with its last measurement. */
export interface ComparedRun {
  readonly name: string;
  readonly activation: ActivationByDepth;
}

/** Layer means of Pr[y>0] by relative depth, a line a run. Needs at least one run. */
export function comparisonChart(runs: readonly ComparedRun[]): Chart {
  const styleOf = (index: number) => ({
    colour: GROUP_COLOURS[index % GROUP_COLOURS.length]!,
    dash: index % DASHES.length,
  });
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
    legend: runs.map(({ name }, index) => ({
      label: label(name, 60),
      colour: styleOf(index).colour,
      mark: DASH_MARKS[styleOf(index).dash]!,
    })),
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
        series: runs.map((run, index) =>
          lineSeries(
            relative(run),
            styleOf(index).colour,
            { type: DASHES[styleOf(index).dash]! },
            { shape: 'circle', size: 5 },
          ),
        ),
      },
    }),
  };
}
