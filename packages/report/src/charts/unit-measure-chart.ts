import type { TapSeries } from '@reluctant/core';
import { formatEpoch, formatNumber, plural } from '../html/format.js';
import { label } from '../html/label.js';
import { seriesName } from '../queries/measurements.js';
import type { Chart } from './chart.js';
import { COLOUR, epochAxis, frame, lineSeries, yAxisStyle } from './theme.js';

/** What a probe said of one unit through training; `null` where it said nothing finite. */
export interface UnitMeasure {
  readonly probe: string;
  readonly measure: string;
  readonly on: TapSeries;
  readonly epochs: readonly number[];
  readonly values: readonly (number | null)[];
}

/** One measure of one unit; undefined where it has no finite value. */
export function unitMeasureChart({ probe, measure, on, epochs, values }: UnitMeasure): Chart | undefined {
  const points = values.flatMap((value, at) =>
    value === null || !Number.isFinite(value) ? [] : [[epochs[at]!, value] as const],
  );
  if (points.length === 0) return undefined;
  const name = label(measure, 40);
  const [first, last] = [points[0]!, points.at(-1)!];
  const share = points.every(([, value]) => value >= 0 && value <= 1);
  return {
    title: name,
    summary:
      `${label(probe, 40)} (${seriesName(on)}): ${formatNumber(first[1])} at epoch ${formatEpoch(first[0])}` +
      (points.length > 1
        ? `, ${formatNumber(last[1])} at epoch ${formatEpoch(last[0])}, ${plural(points.length, 'measurement')}.`
        : '.'),
    legend: [],
    table: {
      columns: [
        { label: 'epochs', as: 'number' },
        { label: name, as: 'number' },
      ],
      rows: values.map((value, at) => [formatEpoch(epochs[at]!), formatNumber(value)]),
    },
    draw: (width) => ({
      width,
      height: 190,
      option: {
        ...frame(),
        xAxis: epochAxis(first[0], last[0]),
        yAxis: {
          type: 'value',
          ...(share ? { min: 0, max: 1, interval: 0.5 } : { scale: true, splitNumber: 3 }),
          ...yAxisStyle(''),
        },
        series: [lineSeries(points, COLOUR.blue, {}, points.length <= 30 ? { shape: 'circle', size: 5 } : undefined)],
      },
    }),
  };
}
