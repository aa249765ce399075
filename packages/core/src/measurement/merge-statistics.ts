import { ReluctantError } from '../errors.js';
import { STATISTICS, type Statistic, type StatisticValues } from '../probe/statistic.js';
import type { TapSample } from '../probe/tap.js';

/**
 * Adds `values` to `totals` in place, element by element; of `max` the larger is kept. Counts stay exact up to 2^53. A NaN
 * stays, so divergence is never averaged away.
 * @throws ReluctantError `INTERNAL` where a length differs
 */
export function accumulateStatistic(statistic: Statistic, totals: Float64Array, values: ArrayLike<number>): void {
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
}

/**
 * The statistics of two windows together. Commutative; associative as far as float64 addition is (exactly for counts).
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
    const totals = Float64Array.from(first);
    accumulateStatistic(statistic, totals, second);
    merged[statistic] = totals;
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
