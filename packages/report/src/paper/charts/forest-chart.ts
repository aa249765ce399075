import type { CustomSeriesOption, ScatterSeriesOption } from 'echarts';
import type { Interval } from '@reluctant/core';
import type { Chart, LegendEntry } from '../../charts/chart.js';
import { COLOUR, frame, xAxisStyle } from '../../charts/theme.js';
import { ABSENT, formatTick } from '../../html/format.js';
import { label, shortName } from '../../html/label.js';

/** One estimate, in a line of its own. */
export interface ForestRow {
  readonly label: string;
  /** Null where there is none: told in the table, not drawn. */
  readonly value: number | null;
  readonly interval: Interval | null;
  /** What it is the mean of, where that is to be seen. */
  readonly dots?: readonly number[];
}

export interface ForestOptions {
  readonly title: string;
  /** Said before what the marks mean. */
  readonly summary: string;
  /** What the rows are: the first column of the table. */
  readonly rows: string;
  /** What is measured: the axis. */
  readonly axis: string;
  /** What a ring and a bar are: `mean over seeds, 95 % interval`. */
  readonly mark: string;
  /** What a dot is. */
  readonly dot?: string;
  /** Where a dashed line stands. */
  readonly reference?: number;
  readonly format: (value: number | null | undefined) => string;
}

const ROW = 26;

/** Estimates with their intervals one below the other, along a common axis. One row with a value at least. */
export function forestChart(rows: readonly ForestRow[], options: ForestOptions): Chart {
  const { title, summary, axis, mark, dot, reference, format } = options;
  const drawn = rows.filter(({ value }) => value !== null);
  const dotted = dot !== undefined && drawn.some(({ dots }) => dots && dots.length > 0);
  const legend: readonly LegendEntry[] = [
    { label: mark, colour: COLOUR.blue, mark: 'ring' },
    ...(dotted ? [{ label: dot, colour: COLOUR.vermillion, mark: 'circle' as const }] : []),
  ];
  const values = drawn.flatMap(({ value, interval, dots = [] }) => [value!, ...dots, ...(interval ? [interval.lower, interval.upper] : [])]); // prettier-ignore
  const all = reference === undefined ? values : [...values, reference];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const margin = 0.06 * (high - low || Math.abs(high) || 1);
  return {
    title,
    summary,
    legend,
    table: {
      columns: [
        { label: options.rows, as: 'text' },
        { label: 'value', as: 'number' },
        { label: 'lower', as: 'number' },
        { label: 'upper', as: 'number' },
        ...(dotted ? [{ label: dot, as: 'text' as const }] : []),
      ],
      rows: rows.map(({ label: name, value, interval, dots = [] }) => [
        label(name, 80),
        value === null ? ABSENT : format(value),
        interval ? format(interval.lower) : ABSENT,
        interval ? format(interval.upper) : ABSENT,
        ...(dotted ? [dots.map(format).join(' ')] : []),
      ]),
    },
    draw: (width) => {
      const names = drawn.map((row) => shortName(row.label, width > 500 ? 34 : 23));
      const left = 16 + 6.8 * Math.max(...names.map(({ length }) => length));
      return {
        width,
        height: 60 + ROW * drawn.length,
        option: {
          ...frame({ left, right: 24 }),
          xAxis: { type: 'value', min: low - margin, max: high + margin, ...xAxisStyle(axis), splitLine: { show: true, lineStyle: { color: COLOUR.grid } }, axisLabel: { color: COLOUR.muted, fontSize: 12, showMinLabel: false, showMaxLabel: false, hideOverlap: true, formatter: formatTick } }, // prettier-ignore
          yAxis: { type: 'category', data: names, inverse: true, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: COLOUR.ink, fontSize: 12, interval: 0 } }, // prettier-ignore
          series: [
            ...(reference === undefined ? [] : [referenceLine(reference, drawn.length)]),
            ...(dotted ? [dotSeries(drawn)] : []),
            bars(drawn),
          ],
        },
      };
    },
  };
}

/** Across all rows. */
function referenceLine(at: number, rows: number): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    data: [[at, 0]],
    renderItem: (_, api) => {
      const x = api.coord([at, 0])[0]!;
      const [first, last] = [api.coord([at, 0])[1]!, api.coord([at, rows - 1])[1]!];
      return {
        type: 'line',
        shape: { x1: x, x2: x, y1: first - ROW / 2, y2: last + ROW / 2 },
        style: { stroke: COLOUR.muted, lineWidth: 1, lineDash: [5, 4] },
      };
    },
  };
}

function dotSeries(rows: readonly ForestRow[]): ScatterSeriesOption {
  return {
    type: 'scatter',
    silent: true,
    symbolSize: 6,
    itemStyle: { color: COLOUR.vermillion, opacity: 0.7 },
    data: rows.flatMap(({ dots = [] }, index) => dots.map((value) => [value, index])),
  };
}

function bars(rows: readonly ForestRow[]): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    data: rows.map(({ value, interval }, index) => [
      value!,
      index,
      interval?.lower ?? value!,
      interval?.upper ?? value!,
    ]),
    encode: { x: [0, 2, 3], y: 1 },
    renderItem: (_, api) => {
      const row = api.value(1);
      const [x, y] = api.coord([api.value(0), row]) as [number, number];
      const [from, to] = [api.coord([api.value(2), row])[0]!, api.coord([api.value(3), row])[0]!];
      const style = { stroke: COLOUR.blue, lineWidth: 1.5 };
      const line = (x1: number, x2: number, half: number) => ({ type: 'line' as const, shape: { x1, x2, y1: y - half, y2: y + half }, style }); // prettier-ignore
      return {
        type: 'group',
        children: [
          line(from, to, 0),
          ...(to - from > 8 ? [line(from, from, 4), line(to, to, 4)] : []),
          { type: 'circle', shape: { cx: x, cy: y, r: 4 }, style: { ...style, fill: COLOUR.paper } },
        ],
      };
    },
  };
}
