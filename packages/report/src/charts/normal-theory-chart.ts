import type { ScatterSeriesOption } from 'echarts';
import { formatEpoch, formatProbability, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { NormalTheory } from '../queries/normal-theory.js';
import type { Chart } from './chart.js';
import { COLOUR, frame, lineSeries, xAxisStyle, yAxisStyle } from './theme.js';
import { unitScatter } from './unit-strip.js';

/** The Pr[y>0] that normal pre-activations would have against the one counted, a dot a unit. */
export function normalTheoryChart({ from, layers, epoch, images }: NormalTheory): Chart {
  const units = layers.reduce((sum, { theory }) => sum + theory.length, 0);
  const hasSkip = layers.some(({ site }) => site.skip);
  const largest = layers.reduce((a, b) => ((b.largestDeviation ?? 0) > (a.largestDeviation ?? 0) ? b : a));
  const source =
    from === 'batch normalisation'
      ? 'Φ(β/|γ|) of the batch normalisation in front of the ReLU'
      : 'Φ(mean / standard deviation) of the measured pre-activations';
  return {
    title: from === 'batch normalisation' ? 'Pr[y>0] by batch normalisation and counted' : 'Normal and counted Pr[y>0]',
    summary:
      `${plural(units, 'unit')} of ${plural(layers.length, 'site')} at epoch ${formatEpoch(epoch)}, on ${plural(images, 'image')} of the ` +
      `probe split: ${source}, beside the share counted. On the diagonal pre-activations are as if normal. The largest deviation is ` +
      `${formatProbability(largest.largestDeviation)}, at ${label(largest.site.name, 40)}.`,
    legend: [
      { label: hasSkip ? 'unit, no skip connection before the ReLU' : 'unit', colour: COLOUR.blue, mark: 'circle' },
      ...(hasSkip ? [{ label: 'unit, skip connection enters', colour: COLOUR.green, mark: 'diamond' as const }] : []),
      { label: 'theory and count agree', colour: COLOUR.muted, mark: 'dashed' },
    ],
    table: {
      most: 100,
      columns: [
        { label: 'site', as: 'text' },
        { label: 'unit', as: 'number' },
        { label: 'theory', as: 'number' },
        { label: 'counted', as: 'number' },
      ],
      rows: layers.flatMap(({ site, theory, counted }) => {
        const name = label(site.name, 80);
        return theory.map((value, unit) => [name, String(unit), ...[value, counted[unit]].map(formatProbability)]);
      }),
    },
    draw: (width) => {
      const side = Math.min(420, width - 80);
      return {
        width,
        height: side + 60,
        option: {
          ...frame(),
          grid: { left: 66, top: 14, width: side, height: side, outerBoundsMode: 'none' },
          xAxis: { type: 'value', min: 0, max: 1, ...xAxisStyle('Pr[y>0] of the theory') },
          yAxis: { type: 'value', min: 0, max: 1, ...yAxisStyle('Pr[y>0] counted') },
          series: [
            lineSeries([[0, 0], [1, 1]], COLOUR.muted, { type: 'dashed', width: 1 }), // prettier-ignore
            ...[false, true].flatMap((skip) => dots(layers, skip)),
          ],
        },
      };
    },
  };
}

function dots(layers: NormalTheory['layers'], skip: boolean): readonly ScatterSeriesOption[] {
  const points = layers.flatMap(({ site, theory, counted }) =>
    site.skip === skip ? theory.map((value, unit) => [value, counted[unit]!]) : [],
  );
  return unitScatter(
    points.filter((point) => point.every(Number.isFinite)),
    skip,
  );
}
