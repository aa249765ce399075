import type { TapSeries } from '@reluctant/core';
import { formatEpoch, formatProbability, plural } from '../html/format.js';
import { seriesName } from '../queries/measurements.js';
import type { Chart } from './chart.js';
import { confidenceBand } from './confidence-band.js';
import { COLOUR, epochAxis, frame, lineSeries, yAxisStyle } from './theme.js';

/** Pr[y>0] of one unit at each measurement, with its interval over images; `null` where it was not measured. */
export interface UnitActivation {
  readonly on: TapSeries;
  readonly epochs: readonly number[];
  readonly pr: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

/** Pr[y>0] of one unit through training, as a line in the band of its interval; undefined where it was never measured. */
export function unitActivationChart({ on, epochs, pr, lower, upper }: UnitActivation): Chart | undefined {
  const points = pr.flatMap((mean, at) =>
    mean === null ? [] : [{ x: epochs[at]!, mean, lower: lower[at] ?? mean, upper: upper[at] ?? mean }],
  );
  if (points.length === 0) return undefined;
  const [first, last] = [points[0]!, points.at(-1)!];
  const told = ({ x, mean, lower, upper }: typeof first) =>
    `${formatProbability(mean)} (${formatProbability(lower)} – ${formatProbability(upper)}) at epoch ${formatEpoch(x)}`;
  return {
    title: on === 'probe-split' ? 'Pr[y>0]' : `Pr[y>0] on ${seriesName(on)}`,
    summary:
      points.length > 1
        ? `${plural(points.length, 'measurement')} (${seriesName(on)}): from ${told(first)} to ${told(last)}.`
        : `${told(first)} (${seriesName(on)}).`,
    legend: [
      { label: 'Pr[y>0]', colour: COLOUR.blue, mark: 'line' },
      { label: 'its interval over images', colour: COLOUR.blue, mark: 'area' },
      { label: 'one half', colour: COLOUR.muted, mark: 'dotted' },
    ],
    table: {
      columns: [
        { label: 'epochs', as: 'number' },
        { label: 'Pr[y>0]', as: 'number' },
        { label: 'lower', as: 'number' },
        { label: 'upper', as: 'number' },
      ],
      rows: points.map(({ x, mean, lower, upper }) => [
        formatEpoch(x),
        ...[mean, lower, upper].map((value) => formatProbability(value)),
      ]),
    },
    draw: (width) => ({
      width,
      height: 260,
      option: {
        ...frame(),
        xAxis: epochAxis(first.x, last.x),
        yAxis: { type: 'value', min: 0, max: 1, ...yAxisStyle('Pr[y>0]') },
        series: [
          lineSeries([[first.x, 0.5], [last.x, 0.5]], COLOUR.muted, { type: 'dotted', width: 1 }), // prettier-ignore
          confidenceBand(points, COLOUR.blue, 0, 1),
          lineSeries(
            points.map(({ x, mean }) => [x, mean]),
            COLOUR.blue,
            {},
            points.length <= 30 ? { shape: 'circle', size: 5 } : undefined,
          ),
        ],
      },
    }),
  };
}
