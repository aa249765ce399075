import { meansThroughTime, type EpochSpan } from './means-through-time.js';
import { measurementsOf } from './measurements.js';
import type { RunRecord } from './run-record.js';
import { sitesOf, type Site } from './sites.js';

/** How the activations of a site are distributed, through training. */
export interface ValueHistogram {
  readonly site: Site;
  /** Upper ends of the bins but the last, which has none, upwards; the first bin begins above 0. */
  readonly levels: readonly number[];
  /** [row][column]: mean share of the site's elements. The first row is of elements that are 0, the others are the bins, upwards. */
  readonly shares: readonly (readonly number[])[];
  readonly columns: readonly EpochSpan[];
}

/** One a site, from the probe `activation-histogram`; none where it did not measure. */
export function valueHistograms(record: RunRecord, mostColumns = 30): readonly ValueHistogram[] {
  const measurements = measurementsOf(record, 'activation-histogram', 'probe-split');
  return sitesOf(record).flatMap((site) => {
    const measured = measurements.flatMap(({ epoch, readings }) => {
      const layer = readings.get(site.name)?.layer;
      return layer ? [{ epoch, layer }] : [];
    });
    if (measured.length === 0) return [];
    const levels = levelsOf(measured[0]!.layer);
    const binned = measured.map(({ epoch, layer }) => ({ epoch, bins: sharesOf(layer, levels) }));
    const { rows: shares, columns } = meansThroughTime(binned, mostColumns);
    return [{ site, levels, shares, columns }];
  });
}

const nameOf = (level: number) => `above2^${Math.log2(level)}`;

function levelsOf(layer: Readonly<Record<string, number>>): readonly number[] {
  return Object.keys(layer)
    .flatMap((name) => /^above2\^(-?\d+)$/.exec(name)?.[1] ?? [])
    .map((exponent) => 2 ** Number(exponent))
    .sort((a, b) => a - b);
}

/** Of elements that are 0, and in each bin, from the shares above 0 and above each level. */
function sharesOf(layer: Readonly<Record<string, number>>, levels: readonly number[]): readonly number[] {
  const above = [1, layer['above0'] ?? NaN, ...levels.map((level) => layer[nameOf(level)] ?? NaN), 0];
  return above.slice(0, -1).map((share, index) => share - above[index + 1]!);
}
