import { formatCount, formatProbability } from '../html/format.js';
import { label } from '../html/label.js';
import type { SortedActivation } from '../queries/sorted-activation.js';
import type { Chart } from './chart.js';
import { COLOUR, depthColour, frame, lineSeries, xAxisStyle, yAxisStyle } from './theme.js';

/** Units of each layer sorted by activation probability, one curve a layer (Maas, Hannun & Ng 2013). `of` says on what was measured. */
export function sortedActivationChart(layers: readonly SortedActivation[], of: string): Chart {
  const hasSkip = layers.some(({ site }) => site.skip);
  const joined = layers.some(({ unitsPerPoint }) => unitsPerPoint > 1);
  const ends = layers.length > 1 ? [layers[0]!, layers.at(-1)!] : [layers[0]!];
  const told = ({ site, points }: SortedActivation) =>
    `${label(site.name, 40)} from ${formatProbability(points[0]!.pr)} down to ${formatProbability(points.at(-1)!.pr)}`;
  return {
    title: 'Units sorted by Pr[y>0]',
    summary:
      `The units of each layer from the most active to the least, as Maas, Hannun & Ng (2013) draw them (${of}): ` +
      `${ends.map(told).join('; ')}. A flat curve is a layer whose units share the work; one that reaches 0 has units that never fire.` +
      (joined ? ' Where a layer has many units, a point is the mean of neighbours.' : ''),
    legend: [
      { label: 'nearest the input to nearest the output', colour: 'ramp', mark: 'shades' },
      ...(hasSkip ? [{ label: 'skip connection enters', colour: COLOUR.ink, mark: 'dashed' as const }] : []),
    ],
    table: {
      most: 100,
      columns: [
        { label: 'site', as: 'text' },
        { label: 'units', as: 'number' },
        { label: 'share of the units', as: 'number' },
        { label: 'Pr[y>0]', as: 'number' },
      ],
      rows: layers.flatMap(({ site, units, points }) => {
        const start = [label(site.name, 80), formatCount(units)];
        return points.map(({ share, pr }) => [...start, share.toFixed(4), formatProbability(pr)]);
      }),
    },
    draw: (width) => ({
      width,
      height: 320,
      option: {
        ...frame({ right: 30 }),
        xAxis: {
          type: 'value',
          min: 0,
          max: 1,
          ...xAxisStyle('share of the layer’s units, most active first'),
          axisLabel: {
            color: COLOUR.muted,
            fontSize: 12,
            formatter: (share: number) => `${Math.round(100 * share)} %`,
          },
        },
        yAxis: { type: 'value', min: 0, max: 1, ...yAxisStyle('Pr[y>0]') },
        series: layers.map(({ site, points }, index) =>
          lineSeries(
            points.map(({ share, pr }) => [share, pr] as const),
            depthColour(index, layers.length),
            { type: site.skip ? 'dashed' : 'solid', width: layers.length > 24 ? 1.2 : 1.8 },
            points.length === 1 ? { shape: 'circle', size: 5 } : undefined,
          ),
        ),
      },
    }),
  };
}
