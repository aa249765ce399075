import { ABSENT, formatEpoch } from '../html/format.js';
import { label } from '../html/label.js';
import type { Chart } from './chart.js';
import { COLOUR, DASH_MARKS, DASHES, epochAxis, frame, GROUP_COLOURS, lineSeries, yAxisStyle } from './theme.js';

/** One quantity of several runs through training. Needs a point. */
export interface RunsOverEpochs {
  readonly title: string;
  /** Name of the quantity, for the axis. */
  readonly quantity: string;
  /** Upper end of the axis where it is known, as of a share. */
  readonly most?: number;
  readonly format: (value: number) => string;
  /** The same, as short as it can be, beside the axis. */
  readonly formatTick: (value: number) => string;
  /** A run keeps its colour and dash by its place, also where it has no points. */
  readonly runs: readonly { readonly name: string; readonly points: readonly (readonly [epoch: number, value: number])[] }[]; // prettier-ignore
}

/** How the run at a place is drawn, in every chart that compares runs: the first seven differ in colour and dash alike, more by their pair. */
export function runStyle(index: number) {
  const round = Math.floor(index / GROUP_COLOURS.length);
  const dash = (index + round) % DASHES.length;
  return { colour: GROUP_COLOURS[index % GROUP_COLOURS.length]!, dash: DASHES[dash]!, mark: DASH_MARKS[dash]! };
}

/** A line a run. */
export function runsOverEpochsChart({ title, quantity, most, format, formatTick, runs }: RunsOverEpochs): Chart {
  const epochs = runs.flatMap(({ points }) => points.map(([epoch]) => epoch));
  const from = epochs.reduce((least, epoch) => Math.min(least, epoch), Infinity);
  const to = epochs.reduce((greatest, epoch) => Math.max(greatest, epoch), -Infinity);
  const told = runs.map(({ name, points }) => {
    const last = points.at(-1);
    return `${label(name, 60)} ${last ? `${format(last[1])} at epoch ${formatEpoch(last[0])}` : ABSENT}`;
  });
  return {
    title,
    summary: `Last: ${told.join('; ')}.`,
    legend: runs.map(({ name }, index) => {
      const { colour, mark } = runStyle(index);
      return { label: label(name, 60), colour, mark };
    }),
    table: {
      columns: [
        { label: 'run', as: 'text' },
        { label: 'epochs', as: 'number' },
        { label: quantity, as: 'number' },
      ],
      rows: runs.flatMap(({ name, points }) =>
        points.map(([epoch, value]) => [label(name, 60), formatEpoch(epoch), format(value)]),
      ),
    },
    draw: (width) => ({
      width,
      height: 300,
      option: {
        ...frame(),
        xAxis: epochAxis(Math.min(0, from), to > 0 ? to : 1),
        yAxis: {
          type: 'value',
          min: 0,
          ...(most === undefined ? {} : { max: most }),
          ...yAxisStyle(quantity),
          axisLabel: { color: COLOUR.muted, fontSize: 12, formatter: formatTick },
        },
        series: runs.map(({ points }, index) => {
          const { colour, dash } = runStyle(index);
          return lineSeries(
            points,
            colour,
            { type: dash },
            points.length <= 30 ? { shape: 'circle', size: 4 } : undefined,
          );
        }),
      },
    }),
  };
}
