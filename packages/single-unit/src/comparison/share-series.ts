import { wilsonInterval, type SimulationSeries } from '@reluctant/core';
import { percent } from './wording.js';
import type { MeanSeriesOptions } from './mean-series.js';

/** Shares of trials with Wilson's intervals. They have no standard error, which would be 0 for a share of 0. */
export function shareSeries(
  name: string,
  shares: ArrayLike<number>,
  { group, axis, trials, confidence }: Omit<MeanSeriesOptions, 'range' | 'of'>,
): SimulationSeries {
  const intervals = Array.from(shares, (share) => wilsonInterval(share, trials, confidence));
  return {
    name,
    group,
    axis,
    mean: Array.from(shares),
    lower: intervals.map(({ lower }) => lower),
    upper: intervals.map(({ upper }) => upper),
    band: `${percent(confidence)} confidence of the share (Wilson)`,
    trials,
  };
}
