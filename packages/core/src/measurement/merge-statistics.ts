import { ReluctantError } from '../errors.js';
import { STATISTICS, type Statistic, type StatisticValues } from '../probe/statistic.js';
import type { TapSample } from '../probe/tap.js';

/**
 * One statistic of two windows together: added element by element; of `max` the larger, of `firedPerImage` one after the other. Counts
 * stay exact up to 2^53. A NaN stays, so divergence is never averaged away. `totals` is used for the result where it has its length.
 * @throws ReluctantError `INTERNAL` where a length differs that may not
 */
export function mergeStatistic(statistic: Statistic, totals: Float64Array, values: ArrayLike<number>): Float64Array {
  if (statistic === 'firedPerImage') {
    const both = new Float64Array(totals.length + values.length);
    both.set(totals);
    both.set(values, totals.length);
    return both;
  }
  if (values.length !== totals.length) {
    throw new ReluctantError(
      'INTERNAL',
      `The statistic "${statistic}" has ${values.length} values where ${totals.length} are expected.`,
    );
  }
  if (statistic === 'max') {
    for (let i = 0; i < totals.length; i++) totals[i] = Math.max(totals[i], values[i]);
  } else {
    for (let i = 0; i < totals.length; i++) totals[i] += values[i];
  }
  return totals;
}

/**
 * The statistics of two windows together. Commutative but for the order of images; associative as far as float64 addition is (exactly for counts).
 * @throws ReluctantError `INTERNAL` unless both hold the same statistics with the same lengths
 */
export function mergeStatistics(a: StatisticValues, b: StatisticValues): StatisticValues {
  const merged: StatisticValues = {};
  for (const statistic of STATISTICS) {
    const first = a[statistic];
    const second = b[statistic];
    if (!first && !second) continue;
    if (!first || !second) {
      throw new ReluctantError('INTERNAL', `Only one of two windows to be merged holds the statistic "${statistic}".`);
    }
    merged[statistic] = mergeStatistic(statistic, Float64Array.from(first), second);
  }
  return merged;
}

/**
 * Two windows of one tap together, as of the later one's step and epoch.
 * @throws ReluctantError `INTERNAL` where the samples are of different taps
 */
export function mergeSamples(a: TapSample, b: TapSample): TapSample {
  if (a.site !== b.site || a.at !== b.at || a.on !== b.on) {
    throw new ReluctantError(
      'INTERNAL',
      `Can't merge samples of different taps: ${a.site}/${a.at}/${a.on} and ${b.site}/${b.at}/${b.on}.`,
    );
  }
  const later = b.step >= a.step ? b : a;
  return {
    ...later,
    images: a.images + b.images,
    elements: a.elements + b.elements,
    values: mergeStatistics(a.values, b.values),
  };
}
