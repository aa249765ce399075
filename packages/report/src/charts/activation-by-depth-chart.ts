import type { CustomSeriesOption, ScatterSeriesOption } from 'echarts';
import { formatCount, formatEpoch, formatProbability, plural } from '../html/format.js';
import { label, shortName } from '../html/label.js';
import { seriesName } from '../queries/measurements.js';
import type { ActivationByDepth, LayerActivation } from '../queries/activation-by-depth.js';
import type { Chart } from './chart.js';
import { COLOUR, frame, lineSeries, xAxisStyle, yAxisStyle } from './theme.js';

const GOLDEN_RATIO_CONJUGATE = 0.6180339887498949;
/** Half the width over which a site's dots are spread, in sites. */
const SPREAD = 0.36;

/** Pr[y>0] of every unit against the depth of its site, with median and quartiles. */
export function activationByDepthChart(activation: ActivationByDepth): Chart {
  const { layers } = activation;
  const first = layers[0]!;
  const last = layers.at(-1)!;
  const hasSkip = layers.some((layer) => layer.site.skip);
  const told = (layer: LayerActivation) => `${formatProbability(layer.median)} at ${label(layer.site.name, 40)}`;
  return {
    title: activation.on === 'probe-split' ? 'Pr[y>0] by depth' : `Pr[y>0] by depth on ${seriesName(activation.on)}`,
    summary:
      `Each dot is one of ${plural(activation.units, 'unit')} at epoch ${formatEpoch(activation.epoch)}, ` +
      `measured on ${plural(activation.images, 'image')} (${seriesName(activation.on)}). ` +
      `Mean over units ${formatProbability(activation.mean)}; median ` +
      (layers.length > 1
        ? `${told(first)}, nearest the input, and ${told(last)}, nearest the output.`
        : `${told(first)}.`),
    legend: [
      { label: hasSkip ? 'unit, no skip connection before the ReLU' : 'unit', colour: COLOUR.blue, mark: 'circle' },
      ...(hasSkip ? [{ label: 'unit, skip connection enters', colour: COLOUR.green, mark: 'diamond' as const }] : []),
      { label: 'median and quartiles', colour: COLOUR.ink, mark: 'box' },
      { label: 'one half', colour: COLOUR.muted, mark: 'dashed' },
    ],
    table: {
      columns: [
        { label: 'depth', as: 'number' },
        { label: 'site', as: 'text' },
        { label: 'skip', as: 'text' },
        { label: 'units', as: 'number' },
        { label: 'mean', as: 'number' },
        { label: 'lower quartile', as: 'number' },
        { label: 'median', as: 'number' },
        { label: 'upper quartile', as: 'number' },
        { label: 'least', as: 'number' },
        { label: 'greatest', as: 'number' },
        { label: 'share below ½', as: 'number' },
      ],
      rows: layers.map((layer) => [
        formatCount(layer.site.depth),
        label(layer.site.name, 80),
        layer.site.skip ? 'yes' : 'no',
        formatCount(layer.pr.length),
        ...[
          layer.mean,
          layer.lowerQuartile,
          layer.median,
          layer.upperQuartile,
          layer.min,
          layer.max,
          layer.belowHalf,
        ].map(formatProbability),
      ]),
    },
    draw: (width) => {
      const room = (width - 72) / layers.length;
      const named = room >= 30 && width > 500;
      const names = layers.map((layer) => shortName(layer.site.name, 24));
      const depth = named ? Math.max(...names.map((name) => name.length)) * 4.2 : 0;
      const every = Math.ceil(26 / room);
      return {
        width,
        height: 380 + depth,
        option: {
          ...frame({ bottom: 46 + depth }),
          xAxis: {
            type: 'value',
            min: 0.5,
            max: layers.length + 0.5,
            ...xAxisStyle('ReLU sites from input to output'),
            nameGap: named ? 24 + depth : 28,
            axisTick: {
              customValues: layers.map((_, index) => index + 1),
              lineStyle: { color: COLOUR.muted },
            },
            axisLabel: {
              customValues: layers.map((_, index) => index + 1).filter((_, index) => named || index % every === 0),
              color: COLOUR.muted,
              fontSize: 12,
              rotate: named ? 40 : 0,
              formatter: (position: number) =>
                named ? (names[position - 1] ?? '') : formatCount(layers[position - 1]?.site.depth),
            },
          },
          yAxis: { type: 'value', min: 0, max: 1, ...yAxisStyle('Pr[y>0]') },
          series: [
            ...dots(layers, false, room),
            ...dots(layers, true, room),
            lineSeries(
              [
                [0.5, 0.5],
                [layers.length + 0.5, 0.5],
              ],
              COLOUR.muted,
              { type: 'dashed', width: 1 },
            ),
            boxes(layers, room),
          ],
        },
      };
    },
  };
}

/** Spread sideways by the golden ratio: even, and the same at every rendering. */
function dots(layers: readonly LayerActivation[], skip: boolean, room: number): readonly ScatterSeriesOption[] {
  const spread = Math.min(SPREAD, (SPREAD * 70) / room);
  const data = layers.flatMap((layer, index) =>
    layer.site.skip === skip
      ? layer.pr.flatMap((pr, unit) => {
          const jitter = 2 * ((unit * GOLDEN_RATIO_CONJUGATE) % 1) - 1;
          return Number.isFinite(pr) ? [[index + 1 + spread * jitter, pr]] : [];
        })
      : [],
  );
  if (data.length === 0) return [];
  return [
    {
      type: 'scatter',
      large: true,
      largeThreshold: 0,
      progressive: 0,
      symbol: skip ? 'diamond' : 'circle',
      symbolSize: skip ? 4.4 : 3.2,
      itemStyle: { color: skip ? COLOUR.green : COLOUR.blue, opacity: 0.7 },
      silent: true,
      data,
    },
  ];
}

/** The quartiles as a box, the median as a bar across it. */
function boxes(layers: readonly LayerActivation[], room: number): CustomSeriesOption {
  const half = Math.min(14, 0.42 * room);
  return {
    type: 'custom',
    silent: true,
    data: layers.flatMap(({ lowerQuartile, median, upperQuartile }, index) =>
      lowerQuartile === null || median === null || upperQuartile === null
        ? []
        : [[index + 1, lowerQuartile, median, upperQuartile]],
    ),
    renderItem: (_, api) => {
      const position = api.value(0);
      const [x, low] = api.coord([position, api.value(1)]) as [number, number];
      const middle = api.coord([position, api.value(2)])[1]!;
      const high = api.coord([position, api.value(3)])[1]!;
      return {
        type: 'group',
        children: [
          {
            type: 'rect',
            shape: { x: x - half, y: high, width: 2 * half, height: low - high },
            style: { fill: 'none', stroke: COLOUR.ink, lineWidth: 1 },
          },
          {
            type: 'line',
            shape: { x1: x - half, x2: x + half, y1: middle, y2: middle },
            style: { stroke: COLOUR.ink, lineWidth: 3 },
          },
        ],
      };
    },
  };
}
