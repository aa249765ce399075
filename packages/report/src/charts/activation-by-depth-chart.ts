import { ABSENT, formatCount, formatEpoch, formatNumber, formatProbability, plural } from '../html/format.js';
import { label } from '../html/label.js';
import { seriesName } from '../queries/measurements.js';
import type { ActivationByDepth, LayerActivation } from '../queries/activation-by-depth.js';
import type { DepthTrend } from '../queries/depth-trend.js';
import type { Chart } from './chart.js';
import { trendLegend, trendSentences, trendSeries } from './depth-trend-series.js';
import { errorBars } from './error-bars.js';
import { siteAxis } from './site-axis.js';
import { COLOUR, frame, lineSeries, yAxisStyle } from './theme.js';
import { quartileBoxes, unitDots } from './unit-strip.js';

/**
 * Pr[y>0] of every unit against the depth of its site, with median and quartiles, and the layer means with their bootstrap intervals.
 * @param trends lines through the layer means, drawn over them
 */
export function activationByDepthChart(activation: ActivationByDepth, trends: readonly DepthTrend[] = []): Chart {
  const { layers } = activation;
  const first = layers[0]!;
  const last = layers.at(-1)!;
  const hasSkip = layers.some((layer) => layer.site.skip);
  const intervals = layers.some((layer) => layer.meanLower !== null);
  const means = layers.flatMap(({ mean, meanLower, meanUpper }, index) =>
    mean === null ? [] : [{ x: index + 1, value: mean, lower: meanLower, upper: meanUpper }],
  );
  const told = (layer: LayerActivation) => `${formatProbability(layer.median)} at ${label(layer.site.name, 40)}`;
  return {
    title: activation.on === 'probe-split' ? 'Pr[y>0] by depth' : `Pr[y>0] by depth on ${seriesName(activation.on)}`,
    summary:
      `Each dot is one of ${plural(activation.units, 'unit')} at epoch ${formatEpoch(activation.epoch)}, ` +
      `measured on ${plural(activation.images, 'image')} (${seriesName(activation.on)}). ` +
      `Mean over units ${formatProbability(activation.mean)}; median ` +
      (layers.length > 1
        ? `${told(first)}, nearest the input, and ${told(last)}, nearest the output.`
        : `${told(first)}.`) +
      trendSentences(trends),
    legend: [
      { label: hasSkip ? 'unit, no skip connection before the ReLU' : 'unit', colour: COLOUR.blue, mark: 'circle' },
      ...(hasSkip ? [{ label: 'unit, skip connection enters', colour: COLOUR.green, mark: 'diamond' as const }] : []),
      { label: 'median and quartiles', colour: COLOUR.ink, mark: 'box' },
      {
        label: intervals ? `mean, with its ${percent(activation.confidence)} interval over images` : 'mean',
        colour: COLOUR.vermillion,
        mark: 'ring',
      },
      ...trendLegend(trends),
      { label: 'one half', colour: COLOUR.muted, mark: 'dashed' },
    ],
    table: {
      columns: [
        { label: 'depth', as: 'number' },
        { label: 'site', as: 'text' },
        { label: 'skip', as: 'text' },
        { label: 'units', as: 'number' },
        { label: 'mean', as: 'number' },
        ...(intervals ? [{ label: `${percent(activation.confidence)} interval`, as: 'number' as const }] : []),
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
        formatProbability(layer.mean),
        ...(intervals ? [intervalOf(layer)] : []),
        ...[layer.lowerQuartile, layer.median, layer.upperQuartile, layer.min, layer.max, layer.belowHalf].map(
          formatProbability,
        ),
      ]),
    },
    draw: (width) => {
      const { room, below, option } = siteAxis(layers.map(({ site }) => site), width); // prettier-ignore
      return {
        width,
        height: 380 + below,
        option: {
          ...frame({ bottom: 46 + below }),
          xAxis: option,
          yAxis: { type: 'value', min: 0, max: 1, ...yAxisStyle('Pr[y>0]') },
          series: [
            ...unitDots(layers.map(({ site, pr }) => ({ site, values: pr })), room), // prettier-ignore
            lineSeries(
              [
                [0.5, 0.5],
                [layers.length + 0.5, 0.5],
              ],
              COLOUR.muted,
              { type: 'dashed', width: 1 },
            ),
            quartileBoxes(layers, room),
            ...trendSeries(trends, layers),
            errorBars(means, COLOUR.vermillion, { radius: Math.min(3.5, Math.max(1.2, 0.2 * room)), shape: 'circle' }),
          ],
        },
      };
    },
  };
}

function percent(confidence: number | null): string {
  return confidence === null ? '' : `${formatNumber(100 * confidence)}\u00a0%`;
}

function intervalOf({ meanLower, meanUpper }: LayerActivation): string {
  return meanLower === null ? ABSENT : `${formatProbability(meanLower)} – ${formatProbability(meanUpper)}`;
}
