import { formatCount, formatEpoch, formatEpochRange, formatNumber, plural } from '../html/format.js';
import { label } from '../html/label.js';
import type { ActivationDensity } from '../queries/activation-densities.js';
import type { EChartsDrawing, SmallMultiples } from './chart.js';
import { drawDistribution } from './distribution-drawing.js';
import { COLOUR, RAMP_STEPS } from './theme.js';

/**
 * The distribution of Pr[y>0] over the units of each layer, through training: time across, value up, shaded by the logarithm of the number
 * of units. `of` says on what was measured.
 */
export function activationDensityTiles(densities: readonly ActivationDensity[], of: string): SmallMultiples {
  const most = Math.max(...densities.flatMap(({ counts }) => counts.flat()));
  const bins = densities[0]!.counts.length - 1;
  const silent = (density: ActivationDensity, column: number) => density.counts[0]!.at(column)!;
  return {
    title: 'Distribution of Pr[y>0] through training',
    summary:
      `Each column is the histogram of Pr[y>0] over the units of a layer at one measurement (${of}), in ${bins} bins ` +
      `upwards from 0 to 1; the strip below them holds the units with Pr[y>0] = 0. Shades are even in the logarithm of the number of ` +
      `units. It is the distribution of a share over units, not of activation values. At the last column ` +
      ` ${formatCount(densities.reduce((sum, density) => sum + silent(density, -1), 0))} of ` +
      `${plural(
        densities.reduce((sum, { units }) => sum + units, 0),
        'unit',
      )} are in the strip.`,
    legend: [
      { label: `1 to ${formatNumber(most)} units, even in the logarithm`, colour: 'ramp', mark: 'ramp' },
      { label: 'units with Pr[y>0] = 0, whatever their number', colour: COLOUR.vermillion, mark: 'band' },
    ],
    table: {
      most: 60,
      columns: [
        { label: 'site', as: 'text' },
        { label: 'epochs', as: 'number' },
        { label: 'exactly 0', as: 'number' },
        ...Array.from({ length: bins }, (_, bin) => ({
          label: `to ${((bin + 1) / bins).toFixed(2)}`,
          as: 'number' as const,
        })),
      ],
      rows: densities.flatMap(({ site, counts, columns }) => {
        const name = label(site.name, 80);
        return columns.map((span, column) => [
          name,
          formatEpochRange(span),
          ...counts.map((row) => formatNumber(row[column])),
        ]);
      }),
    },
    tiles: densities.map((density) => ({
      label: label(density.site.name, 60),
      note: plural(density.units, 'unit'),
      summary:
        `${label(density.site.name, 60)}: units with Pr[y>0] = 0 from ${formatNumber(silent(density, 0))} ` +
        `to ${formatNumber(silent(density, -1))} of ${formatCount(density.units)}.`,
      drawing: draw(density, most),
      ends: [`epoch ${formatEpoch(density.columns[0]!.from)}`, formatEpoch(density.columns.at(-1)!.to)] as const,
    })),
  };
}

function draw({ counts }: ActivationDensity, most: number): EChartsDrawing {
  const shadeOf = (count: number) => {
    if (count <= 0) return undefined;
    const share = most > 1 ? Math.log(Math.max(1, count)) / Math.log(most) : 1;
    return Math.min(RAMP_STEPS - 1, Math.floor(RAMP_STEPS * share));
  };
  const ticks = [0, 0.5, 1].map((at) => ({ at, text: String(at) }));
  return drawDistribution({ rows: counts, shadeOf, strip: COLOUR.vermillion, ticks });
}
