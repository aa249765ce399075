import { formatEpoch, formatProbability, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { ActivationOverEpochs } from '../queries/activation-over-epochs.js';
import { seriesName } from '../queries/measurements.js';
import type { Chart } from './chart.js';
import { COLOUR, depthColour, epochAxis, frame, lineSeries, yAxisStyle } from './theme.js';

/** Layer means of Pr[y>0] through training, one line a layer, shaded by depth. */
export function activationOverEpochsChart(data: ActivationOverEpochs): Chart {
  const { layers, epochs } = data;
  const hasSkip = layers.some((layer) => layer.site.skip);
  const change = ({ site, means }: (typeof layers)[number]) =>
    `${label(site.name, 40)} from ${formatProbability(means[0])} to ${formatProbability(means.at(-1))}`;
  const ends = layers.length > 1 ? [layers[0]!, layers.at(-1)!] : [layers[0]!];
  return {
    title: data.on === 'probe-split' ? 'Layer means of Pr[y>0]' : `Layer means of Pr[y>0] on ${seriesName(data.on)}`,
    summary:
      `${plural(epochs.length, 'measurement')} between epoch ${formatEpoch(epochs[0]!)} and ${formatEpoch(epochs.at(-1)!)}, ` +
      `each on ${plural(data.images, 'image')} (${seriesName(data.on)}): ${ends.map(change).join('; ')}.`,
    legend: [
      { label: 'nearest the input to nearest the output', colour: 'ramp', mark: 'shades' },
      ...(hasSkip ? [{ label: 'skip connection enters', colour: COLOUR.ink, mark: 'dashed' as const }] : []),
      { label: 'one half', colour: COLOUR.muted, mark: 'dotted' },
    ],
    table: {
      columns: [
        { label: 'epochs', as: 'number' },
        ...layers.map(({ site }) => ({ label: label(site.name, 40), as: 'number' as const })),
      ],
      rows: epochs.map((epoch, index) => [
        formatEpoch(epoch),
        ...layers.map(({ means }) => formatProbability(means[index])),
      ]),
    },
    draw: (width) => ({
      width,
      height: 320,
      option: {
        ...frame(),
        xAxis: epochAxis(epochs[0]!, epochs.at(-1)!),
        yAxis: { type: 'value', min: 0, max: 1, ...yAxisStyle('mean Pr[y>0]') },
        series: [
          lineSeries(
            [
              [epochs[0]!, 0.5],
              [epochs.at(-1)!, 0.5],
            ],
            COLOUR.muted,
            { type: 'dotted', width: 1 },
          ),
          ...layers.map(({ site, means }, index) =>
            lineSeries(
              means.flatMap((mean, at) => (mean === null ? [] : [[epochs[at]!, mean] as const])),
              depthColour(index, layers.length),
              { type: site.skip ? 'dashed' : 'solid', width: layers.length > 24 ? 1.2 : 1.8 },
            ),
          ),
        ],
      },
    }),
  };
}
