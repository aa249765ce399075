import { normalQuantile, type SimulationSeries } from '@reluctant/core';
import { percent } from './wording.js';
import type { MeanCurve } from '../simulation/simulation-result.js';

export interface MeanSeriesOptions {
  readonly group: string;
  readonly axis: SimulationSeries['axis'];
  readonly trials: number;
  /** Two-sided, in (0, 1). */
  readonly confidence: number;
  /** Least and greatest value that the quantity can have, where the band is cut. */
  readonly range?: readonly [least: number, greatest: number];
  /** What the band is of: `the mean`. */
  readonly of?: string;
}

/** A simulated mean with its band, a normal approximation by its standard error. */
export function meanSeries(
  name: string,
  { mean, standardError }: { readonly [Key in keyof MeanCurve]: ArrayLike<number> },
  { group, axis, trials, confidence, range = [-Infinity, Infinity], of = 'the mean' }: MeanSeriesOptions,
): SimulationSeries {
  const z = normalQuantile((1 + confidence) / 2);
  return {
    name,
    group,
    axis,
    mean: Array.from(mean),
    lower: Array.from(mean, (value, at) => Math.max(range[0], value - z * standardError[at])),
    upper: Array.from(mean, (value, at) => Math.min(range[1], value + z * standardError[at])),
    band: `${percent(confidence)} confidence of ${of}`,
    trials,
    standardError: Array.from(standardError),
  };
}
