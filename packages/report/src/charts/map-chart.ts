import type { SimulationMap } from '@reluctant/core';
import type { ScatterSeriesOption } from 'echarts';
import { formatNumber, formatTick, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { Chart, LegendEntry } from './chart.js';
import { cellSeries } from './cell-series.js';
import { arrowLine, type LineStyle } from './arrow-line.js';
import { cellEdges, shadeCells, shadeScale, type ShadeScale } from './map-shades.js';
import { COLOUR, frame, spansDecades, xAxisStyle, yAxisStyle } from './theme.js';

const LINE_STYLES: readonly LineStyle[] = [
  { colour: COLOUR.vermillion, dash: 'solid' },
  { colour: COLOUR.green, dash: 'dashed' },
  { colour: COLOUR.purple, dash: 'dotted' },
];
const BOUNDARY: LineStyle = { colour: COLOUR.ink, dash: 'dashed' };
const POINT_MARKS = [
  { mark: 'diamond', colour: COLOUR.orange },
  { mark: 'circle', colour: COLOUR.orange },
  { mark: 'diamond', colour: COLOUR.sky },
  { mark: 'circle', colour: COLOUR.sky },
] as const;

/** A quantity over the plane in ten shades, with trajectories, boundaries and points over it. */
export function mapChart(map: SimulationMap): Chart {
  const { x, y, lines, points } = map;
  const scale = shadeScale(map);
  const [logX, logY] = [spansDecades(x.values, 2), spansDecades(y.values, 2)];
  const [edgesX, edgesY] = [cellEdges(x.values, logX), cellEdges(y.values, logY)];
  const trajectories = [...new Set(lines.filter(({ kind }) => kind === 'trajectory').map((line) => line.label))];
  const styleOf = ({ kind, label }: SimulationMap['lines'][number]) =>
    kind === 'boundary' ? BOUNDARY : LINE_STYLES[trajectories.indexOf(label) % LINE_STYLES.length]!;
  const legendOfLines = [...new Map(lines.map((line) => [line.label, styleOf(line)]))];
  const shades = shadeCells(map.values, scale);
  const log = map.value.scale === 'logarithmic' ? ', even in its logarithm' : '';
  return {
    title: label(map.title, 80),
    summary: summaryOf(map, scale),
    legend: [
      {
        label: `${label(map.value.label, 60)} from ${formatNumber(scale.low)} to ${formatNumber(scale.high)}${log}`,
        colour: 'ramp',
        mark: 'ramp',
      },
      ...legendOfLines.map(([text, { colour, dash }]): LegendEntry => {
        return { label: label(text, 60), colour, mark: dash === 'solid' ? 'line' : dash };
      }),
      ...points.map((point, index): LegendEntry => {
        return { label: label(point.label, 60), ...POINT_MARKS[index % POINT_MARKS.length]! };
      }),
    ],
    table: {
      columns: [x.label, y.label, map.value.label].map((name) => ({ label: label(name, 40), as: 'number' })),
      rows: y.values.flatMap((yValue, row) =>
        x.values.map((xValue, column) => [xValue, yValue, map.values[row]![column]].map(formatNumber)),
      ),
    },
    draw: (width) => ({
      width,
      height: Math.min(460, 120 + 0.62 * width),
      option: {
        ...frame({ right: 24 }),
        xAxis: axisOption(edgesX, logX, xAxisStyle(label(x.label, 60))),
        yAxis: axisOption(edgesY, logY, { ...yAxisStyle(label(y.label, 40)), splitLine: { show: false } }),
        series: [
          cellSeries(shades, edgesX, edgesY),
          ...lines.map((line) => arrowLine(line.points, styleOf(line), line.kind === 'trajectory')),
          ...points.map(pointSeries),
        ],
      },
    }),
  };
}

function summaryOf(map: SimulationMap, { least, high }: ShadeScale): string {
  const axisOf = ({ label: name, values }: SimulationMap['x']) =>
    `${label(name, 60)} from ${formatNumber(values[0])} to ${formatNumber(values.at(-1))}`;
  const trajectories = map.lines.filter(({ kind }) => kind === 'trajectory');
  const byLabel = [...new Set(trajectories.map((line) => line.label))].map(
    (name) => `${trajectories.filter((line) => line.label === name).length} ${label(name, 60)}`,
  );
  const boundaries = map.lines.flatMap(({ kind, label: name, points }) => {
    if (kind !== 'boundary' || points.length === 0) return [];
    const [first, last] = [points[0]!, points.at(-1)!];
    const at = ([x, y]: readonly [number, number]) => `(${formatNumber(x)}, ${formatNumber(y)})`;
    return [`The boundary “${label(name, 60)}” runs from ${at(first)} to ${at(last)}.`];
  });
  return [
    `${label(map.value.label, 80)} over ${axisOf(map.x)} (across) and ${axisOf(map.y)} (up): ` +
      (least === undefined ? 'no finite value.' : `from ${formatNumber(least)} to ${formatNumber(high)}.`),
    trajectories.length > 0 && `${plural(trajectories.length, 'trajectory', 'trajectories')}: ${byLabel.join(', ')}.`,
    ...boundaries,
    ...map.points.map(({ label: name, x, y }) => `${label(name, 60)} at (${formatNumber(x)}, ${formatNumber(y)}).`),
    ...map.notes.map((note) => label(note, 400)),
  ]
    .filter(Boolean)
    .join(' ');
}

function axisOption<S extends object>(edges: readonly number[], logarithmic: boolean, style: S) {
  return {
    type: logarithmic ? ('log' as const) : ('value' as const),
    min: edges[0]!,
    max: edges.at(-1)!,
    ...style,
    axisLabel: {
      color: COLOUR.muted,
      fontSize: 12,
      hideOverlap: true,
      showMinLabel: false,
      showMaxLabel: false,
      formatter: formatTick,
    },
  };
}

function pointSeries({ x, y }: SimulationMap['points'][number], index: number): ScatterSeriesOption {
  const { mark, colour } = POINT_MARKS[index % POINT_MARKS.length]!;
  return {
    type: 'scatter',
    symbol: mark,
    symbolSize: 12,
    itemStyle: { color: colour, borderColor: COLOUR.ink, borderWidth: 1 },
    silent: true,
    data: [[x, y]],
  };
}
