import type { SimulationSeries } from '@reluctant/core';
import type { CustomSeriesOption } from 'echarts';
import { formatNumber, formatTick, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { SimulationCurves } from '../queries/simulation-curves.js';
import type { Chart } from './chart.js';
import {
  COLOUR,
  DASHES,
  DASH_MARKS,
  frame,
  GROUP_COLOURS,
  lineSeries,
  spansDecades,
  xAxisStyle,
  yAxisStyle,
} from './theme.js';

interface Point {
  readonly x: number;
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** Mean and band of every group over the axis; undefined where no point can be drawn. */
export function simulationChart({ name, axis, curves }: SimulationCurves): Chart | undefined {
  const groups = curves
    .map((curve, index) => ({ curve, index, points: finitePoints(curve) }))
    .filter(({ points }) => points.length > 0);
  if (groups.length === 0) return undefined;
  const values = groups.flatMap(({ points }) => points.map(({ x }) => x));
  const positive = values.filter((x) => x > 0);
  const logX = spansDecades(positive, 1);
  const drawn = groups.map((group) => ({ ...group, points: group.points.filter(({ x }) => !logX || x > 0) }));
  const means = drawn.flatMap(({ points }) => points.map(({ mean }) => mean));
  const logY = spansDecades(means, 3);
  const floor = logY ? Math.min(...means) / 3 : -Infinity;
  const nameOf = (curve: SimulationSeries) => label(curve.group, 60) || 'mean';
  const bands = [...new Set(groups.map(({ curve }) => label(curve.band, 80)))].join('; ');
  const endOf = (points: readonly Point[], { trials }: SimulationSeries) =>
    `At ${label(axis, 40)} = ${formatNumber(points.at(-1)!.x)}, ${plural(trials, 'trial')} each`;
  const ends = [...new Set(groups.map(({ points, curve }) => endOf(points, curve)))].map((end) => {
    const values = groups.flatMap(({ points, curve }) => {
      const { mean, lower, upper } = points.at(-1)!;
      if (endOf(points, curve) !== end) return [];
      return [`${nameOf(curve)}: ${formatNumber(mean)} (${formatNumber(lower)} to ${formatNumber(upper)})`];
    });
    return `${end}, ${values.join('; ')}`;
  });
  const left = logX && values.some((x) => x <= 0) ? ' Points at 0 or less are in the table only.' : '';
  return {
    title: label(name, 80),
    summary: `${ends.join('. ')}. In brackets: ${bands}.${left}`,
    legend: groups.map(({ curve, index }) => ({
      label: nameOf(curve),
      colour: GROUP_COLOURS[index % GROUP_COLOURS.length]!,
      mark: DASH_MARKS[index % DASH_MARKS.length]!,
    })),
    table: {
      columns: [
        { label: 'group', as: 'text' },
        { label: label(axis, 40), as: 'number' },
        { label: 'mean', as: 'number' },
        { label: 'lower', as: 'number' },
        { label: 'upper', as: 'number' },
      ],
      rows: curves.flatMap((curve) =>
        curve.axis.values.map((x, at) => [
          nameOf(curve),
          formatNumber(x),
          ...[curve.mean[at], curve.lower[at], curve.upper[at]].map(formatNumber),
        ]),
      ),
    },
    draw: (width) => ({
      width,
      height: 320,
      option: {
        ...frame({ right: 32 }),
        xAxis: {
          type: logX ? 'log' : 'value',
          min: 'dataMin',
          max: 'dataMax',
          ...xAxisStyle(label(axis, 60)),
          axisLabel: { color: COLOUR.muted, fontSize: 12, hideOverlap: true, formatter: formatTick },
        },
        yAxis: {
          type: logY ? 'log' : 'value',
          scale: true,
          ...yAxisStyle(label(name, 40)),
          axisLabel: { color: COLOUR.muted, fontSize: 12, hideOverlap: true, formatter: formatTick },
        },
        series: drawn.flatMap(({ index, points }) => {
          const colour = GROUP_COLOURS[index % GROUP_COLOURS.length]!;
          const line = points.map(({ x, mean }) => [x, mean] as const);
          return [
            band(points, colour, floor, groups.length),
            lineSeries(
              line,
              colour,
              { type: DASHES[index % DASHES.length]! },
              points.length <= 12 ? { shape: 'circle', size: 5 } : undefined,
            ),
          ];
        }),
      },
    }),
  };
}

function finitePoints(curve: SimulationSeries): readonly Point[] {
  return curve.axis.values.flatMap((x, at) => {
    const [mean, lower, upper] = [curve.mean[at]!, curve.lower[at]!, curve.upper[at]!];
    return [x, mean, lower, upper].every(Number.isFinite) ? [{ x, mean, lower, upper }] : [];
  });
}

/**
 * The area between lower and upper as one polygon. The more groups there are, the fainter it is and the more its outline tells:
 * many areas over each other have one muddy colour.
 */
function band(points: readonly Point[], colour: string, floor: number, groups: number): CustomSeriesOption {
  const outline = [
    ...points.map(({ x, upper }) => [x, Math.max(floor, upper)]),
    ...points.toReversed().map(({ x, lower }) => [x, Math.max(floor, lower)]),
  ];
  const many = groups > 3;
  return {
    type: 'custom',
    silent: true,
    clip: true,
    data: outline,
    renderItem: ({ dataIndex }, api) =>
      dataIndex > 0
        ? null
        : {
            type: 'polygon',
            shape: { points: outline.map(([x, y]) => api.coord([x!, y!])) },
            style: {
              fill: colour,
              fillOpacity: many ? 0.07 : 0.18,
              ...(many ? { stroke: colour, strokeOpacity: 0.4, lineWidth: 1 } : {}),
            },
          },
  };
}
