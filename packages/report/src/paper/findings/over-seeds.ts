import { meanInterval } from '@reluctant/core';
import type { OverSeeds } from '../findings.js';

/**
 * Mean of one value a run, with Student's interval over seeds. Where all runs agree, as shares at 0 or 1 do, it has no width: this says that
 * the seeds that were tried made no difference, not that none could.
 * @param values one at least
 */
export function overSeeds(values: readonly number[]): OverSeeds {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, interval: null, runs: values.length };
  const { lower, upper } = meanInterval(values);
  return { mean, interval: { lower, upper }, runs: values.length };
}

/** The same, or null of no run. */
export function overSeedsOrNull(values: readonly number[]): OverSeeds | null {
  return values.length > 0 ? overSeeds(values) : null;
}
