import { formatCount, formatEpoch, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { NeverFiredOverEpochs } from '../queries/never-fired-over-epochs.js';
import type { Chart } from './chart.js';
import { COLOUR, depthColour, epochAxis, frame, lineSeries, yAxisStyle } from './theme.js';

/** How many units of each layer never fired, through training: one line a layer, shaded by depth, and the sum over all. Needs a layer and a measurement. */
export function neverFiredOverEpochsChart({ epochs, layers }: NeverFiredOverEpochs): Chart {
  const totals = epochs.map((_, at) => totalAt(layers, at));
  const whole = epochs.flatMap((epoch, at) => (totals[at] === null ? [] : [[epoch, totals[at]!] as const]));
  const units = layers.reduce((sum, layer) => sum + layer.units, 0);
  const worst = layers.reduce((most, layer) => (last(layer) > last(most) ? layer : most));
  const several = layers.length > 1;
  const symbol = epochs.length === 1 ? { shape: 'circle', size: 5 } : undefined;
  const from = epochs[0]!;
  const to = epochs.at(-1)!;
  return {
    title: 'Units that never fired',
    summary:
      (whole.length > 0
        ? `${formatCount(whole.at(-1)![1])} of ${plural(units, 'unit')} fired on no image at epoch ${formatEpoch(whole.at(-1)![0])}`
        : 'No measurement has all layers') +
      (whole.length > 1 ? `, ${formatCount(whole[0]![1])} at epoch ${formatEpoch(whole[0]![0])}` : '') +
      (last(worst) > 0 ? `; most in ${label(worst.site, 40)}: ${formatCount(last(worst))} of ${worst.units}.` : '.'),
    legend: [
      ...(several ? [{ label: 'all layers together', colour: COLOUR.vermillion, mark: 'dashed' as const }] : []),
      { label: 'layers, nearest the input to nearest the output', colour: 'ramp', mark: 'shades' },
    ],
    table: {
      columns: [
        { label: 'epochs', as: 'number' },
        { label: 'all layers', as: 'number' },
        ...layers.map(({ site }) => ({ label: label(site, 40), as: 'number' as const })),
      ],
      rows: epochs.map((epoch, at) => [
        formatEpoch(epoch),
        formatCount(totals[at]),
        ...layers.map(({ counts }) => formatCount(counts[at])),
      ]),
    },
    draw: (width) => ({
      width,
      height: 320,
      option: {
        ...frame(),
        xAxis: epochAxis(from, to),
        yAxis: { type: 'value', min: 0, minInterval: 1, ...yAxisStyle('units') },
        series: [
          ...layers.map(({ counts }, index) =>
            lineSeries(
              counts.flatMap((count, at) => (count === null ? [] : [[epochs[at]!, count] as const])),
              depthColour(index, layers.length),
              { width: layers.length > 24 ? 1.2 : 1.8 },
              symbol,
            ),
          ),
          ...(several ? [lineSeries(whole, COLOUR.vermillion, { type: 'dashed' }, symbol)] : []),
        ],
      },
    }),
  };
}

/** Over all layers; `null` where one was not measured. */
function totalAt(layers: NeverFiredOverEpochs['layers'], at: number): number | null {
  const total = layers.reduce((sum, { counts }) => sum + (counts[at] ?? NaN), 0);
  return Number.isFinite(total) ? total : null;
}

function last({ counts }: NeverFiredOverEpochs['layers'][number]): number {
  return counts.findLast((count) => count !== null) ?? 0;
}
