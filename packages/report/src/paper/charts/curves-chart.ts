import type { XAXisComponentOption, YAXisComponentOption } from 'echarts';
import type { Chart } from '../../charts/chart.js';
import { confidenceBand } from '../../charts/confidence-band.js';
import { COLOUR, DASH_MARKS, DASHES, frame, GROUP_COLOURS, lineSeries } from '../../charts/theme.js';
import type { Table } from '../../html/table.js';
import { label } from '../../html/label.js';
import type { OverSeeds } from '../findings.js';

/** A mean over seeds along an axis. */
export interface Curve {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly value: OverSeeds }[];
}

export interface CurvesOptions {
  readonly title: string;
  readonly summary: string;
  readonly table: Table;
  readonly xAxis: XAXisComponentOption;
  readonly yAxis: YAXisComponentOption;
  readonly from: number;
  readonly to: number;
  /** Where a dashed line lies across. */
  readonly reference?: number;
}

/** Curves with the bands of their intervals. One at least. */
export function curvesChart(curves: readonly Curve[], options: CurvesOptions): Chart {
  const { title, summary, table, xAxis, yAxis, from, to, reference } = options;
  const styleOf = (index: number) => ({
    colour: GROUP_COLOURS[index % GROUP_COLOURS.length]!,
    dash: DASHES[index % DASHES.length]!,
    mark: DASH_MARKS[index % DASH_MARKS.length]!,
  });
  return {
    title,
    summary,
    table,
    legend: curves.map((curve, index) => ({
      label: label(curve.label, 80),
      colour: styleOf(index).colour,
      mark: styleOf(index).mark,
    })),
    draw: (width) => ({
      width,
      height: 340,
      option: {
        ...frame({ right: 30 }),
        xAxis,
        yAxis,
        series: [
          ...(reference === undefined
            ? []
            : [lineSeries([[from, reference], [to, reference]], COLOUR.muted, { type: 'dashed', width: 1 })]), // prettier-ignore
          ...curves.flatMap(({ points }, index) => {
            const { colour, dash } = styleOf(index);
            const band = points.map(({ x, value: { mean, interval } }) => ({
              x,
              mean,
              lower: interval?.lower ?? mean,
              upper: interval?.upper ?? mean,
            }));
            const symbol = points.length <= 30 ? { shape: 'circle', size: 4 } : undefined;
            return [
              ...(points.some(({ value }) => value.interval) ? [confidenceBand(band, colour, 0, curves.length)] : []),
              lineSeries(points.map(({ x, value }) => [x, value.mean] as const), colour, { type: dash }, symbol), // prettier-ignore
            ];
          }),
        ],
      },
    }),
  };
}
