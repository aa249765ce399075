import { formatEpoch, formatEpochRange, formatNumber, formatPercent, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { ValueHistogram } from '../queries/value-histograms.js';
import type { SmallMultiples } from './chart.js';
import { drawDistribution } from './distribution-drawing.js';
import { RAMP_STEPS } from './theme.js';

/** The share that has the lightest shade; less is not drawn. */
const LEAST = 1e-5;

/**
 * The distribution of the activations of each layer, through training: time across, powers of two up, shaded by the logarithm of the share
 * of the elements. `of` says on what was measured. Needs a histogram.
 */
export function valueHistogramTiles(histograms: readonly ValueHistogram[], of: string): SmallMultiples {
  const { levels } = histograms[0]!;
  const [low, high] = [levels[0]!, levels.at(-1)!];
  const zero = ({ shares }: ValueHistogram, column: number) => formatPercent(shares[0]!.at(column));
  return {
    title: 'Distribution of activations through training',
    summary:
      `Each column is the histogram of all elements of a layer (units × positions × images) at one measurement (${of}), in ` +
      `bins upwards by powers of two from ${formatNumber(low)} to ${formatNumber(high)}; what is below or above is in the first or the last ` +
      `bin, and elements that are 0 are in the strip below them. Shades are even in the logarithm of the share. At the last column ` +
      `${zero(histograms[0]!, -1)} of ${label(histograms[0]!.site.name, 40)} are 0` +
      (histograms.length > 1
        ? `, and ${zero(histograms.at(-1)!, -1)} of ${label(histograms.at(-1)!.site.name, 40)}.`
        : '.'),
    legend: [
      { label: `share of the elements from ${LEAST} to 1, even in the logarithm`, colour: 'ramp', mark: 'ramp' },
    ],
    table: {
      most: 60,
      columns: [
        { label: 'site', as: 'text' },
        { label: 'epochs', as: 'number' },
        { label: 'exactly 0', as: 'number' },
        ...levels.map((level) => ({ label: `to ${formatNumber(level)}`, as: 'number' as const })),
        { label: 'above', as: 'number' },
      ],
      rows: histograms.flatMap(({ site, shares, columns }) =>
        columns.map((span, column) => [
          label(site.name, 80),
          formatEpochRange(span),
          ...shares.map((row) => formatNumber(row[column])),
        ]),
      ),
    },
    tiles: histograms.map((histogram) => ({
      label: label(histogram.site.name, 60),
      note: plural(histogram.site.units, 'unit'),
      summary: `${label(histogram.site.name, 60)}: elements that are 0 from ${zero(histogram, 0)} to ${zero(histogram, -1)}.`,
      drawing: drawDistribution({ rows: histogram.shares, shadeOf, ticks: ticksOf(histogram.levels) }),
      ends: [`epoch ${formatEpoch(histogram.columns[0]!.from)}`, formatEpoch(histogram.columns.at(-1)!.to)] as const,
    })),
  };
}

function shadeOf(share: number): number | undefined {
  if (!(share >= LEAST)) return undefined;
  return Math.min(RAMP_STEPS - 1, Math.floor(RAMP_STEPS * (1 - Math.log(share) / Math.log(LEAST))));
}

/** The lowest and the highest level, and 1 where it is between them. */
function ticksOf(levels: readonly number[]) {
  const bins = levels.length + 1;
  const shown = [levels[0]!, 1, levels.at(-1)!];
  return levels.flatMap((level, index) =>
    shown.includes(level) ? [{ at: (index + 1) / bins, text: level < 1 ? `1/${1 / level}` : String(level) }] : [],
  );
}
