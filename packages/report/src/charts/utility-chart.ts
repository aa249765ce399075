import { formatCount, formatEpoch, formatNumber, formatTick, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { UnitUtility } from '../queries/unit-utility.js';
import type { Chart } from './chart.js';
import { siteAxis } from './site-axis.js';
import { COLOUR, frame, yAxisStyle } from './theme.js';
import { quartileBoxes, unitDots } from './unit-strip.js';

/** Contribution utility of every unit against the depth of its site, on a logarithmic axis; undefined where none is above 0. */
export function utilityChart({ layers, epoch, images }: UnitUtility): Chart | undefined {
  const positive = layers.flatMap(({ utility }) => utility.filter((value) => value > 0 && Number.isFinite(value)));
  if (positive.length === 0) return undefined;
  const units = layers.reduce((sum, { utility }) => sum + utility.length, 0);
  const useless = layers.reduce((sum, layer) => sum + layer.useless, 0);
  const hasSkip = layers.some(({ site }) => site.skip);
  const [low, high] = positive.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, 0]);
  const above = (value: number | null) => (value !== null && value > 0 ? value : null);
  return {
    title: 'Contribution utility by depth',
    summary:
      `Mean output times the weights that leave the unit (Dohare et al. 2024), of ${plural(units, 'unit')} at epoch ${formatEpoch(epoch)}, on ` +
      `${plural(images, 'image')} of the probe split: from ${formatNumber(low)} to ${formatNumber(high)} where it is above 0. ` +
      (useless === 0
        ? 'No unit has utility 0.'
        : `${plural(useless, 'unit')} with utility 0 ${useless === 1 ? 'is' : 'are'} in the table only, since the axis is logarithmic.`),
    legend: [
      { label: hasSkip ? 'unit, no skip connection before the ReLU' : 'unit', colour: COLOUR.blue, mark: 'circle' },
      ...(hasSkip ? [{ label: 'unit, skip connection enters', colour: COLOUR.green, mark: 'diamond' as const }] : []),
      { label: 'median and quartiles', colour: COLOUR.ink, mark: 'box' },
    ],
    table: {
      columns: [
        { label: 'depth', as: 'number' },
        { label: 'site', as: 'text' },
        { label: 'units', as: 'number' },
        { label: 'utility 0', as: 'number' },
        { label: 'mean', as: 'number' },
        { label: 'lower quartile', as: 'number' },
        { label: 'median', as: 'number' },
        { label: 'upper quartile', as: 'number' },
      ],
      rows: layers.map(({ site, utility, useless: none, mean, lowerQuartile, median, upperQuartile }) => [
        formatCount(site.depth),
        label(site.name, 80),
        formatCount(utility.length),
        formatCount(none),
        ...[mean, lowerQuartile, median, upperQuartile].map(formatNumber),
      ]),
    },
    draw: (width) => {
      const { room, below, option } = siteAxis(layers.map(({ site }) => site), width); // prettier-ignore
      return {
        width,
        height: 320 + below,
        option: {
          ...frame({ bottom: 46 + below }),
          xAxis: option,
          yAxis: {
            type: 'log',
            min: 10 ** Math.floor(Math.log10(low)),
            max: 10 ** Math.ceil(Math.log10(high)),
            ...yAxisStyle('utility (log scale)'),
            axisLabel: { color: COLOUR.muted, fontSize: 12, hideOverlap: true, formatter: formatTick },
          },
          series: [
            ...unitDots(
              layers.map(({ site, utility }) => ({ site, values: utility.map((value) => above(value) ?? NaN) })),
              room,
            ),
            quartileBoxes(
              layers.map(({ lowerQuartile, median, upperQuartile }) => ({
                lowerQuartile: above(lowerQuartile),
                median: above(median),
                upperQuartile: above(upperQuartile),
              })),
              room,
            ),
          ],
        },
      };
    },
  };
}
