import { meanInterval, type Interval } from '@reluctant/core';
import type { OverSeeds } from '../findings.js';

/** What a share or a probability can be. */
export const SHARES: Interval = { lower: 0, upper: 1 };

/** What a difference of two of them can be, or a rank correlation. */
export const DIFFERENCES: Interval = { lower: -1, upper: 1 };

/** What a duration can be. */
export const DURATIONS: Interval = { lower: 0, upper: Infinity };

/**
 * Mean of one value a run, with Student's interval over seeds, cut off where no value can lie: that leaves out nothing that could be true. Where
 * all runs agree, as shares at 0 or 1 do, it has no width: this says that the seeds that were tried made no difference, not that none could.
 * @param values one at least
 * @param range that values can have
 */
export function overSeeds(values: readonly number[], range: Interval): OverSeeds {
  if (values.length < 2) return { mean: values[0]!, interval: null, runs: values.length };
  const { mean, lower, upper } = meanInterval(values);
  const interval = { lower: Math.max(lower, range.lower), upper: Math.min(upper, range.upper) };
  return { mean, interval, runs: values.length };
}

/** The same, or null of no run. */
export function overSeedsOrNull(values: readonly number[], range: Interval): OverSeeds | null {
  return values.length > 0 ? overSeeds(values, range) : null;
}
