import { quantile } from '@reluctant/core';

/** What is told of a series of measurements. Means are left out: one interruption by the system would move them. */
export interface Summary {
  readonly median: number;
  readonly minimum: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

/** NaN throughout for no values. */
export function summarize(values: readonly number[]): Summary {
  return {
    median: quantile(values, 0.5),
    minimum: quantile(values, 0),
    lowerQuartile: quantile(values, 0.25),
    upperQuartile: quantile(values, 0.75),
  };
}

/**
 * Of value / baseline, formed round by round: what slows a whole round down, such as another program or a warmer processor,
 * is in both and cancels, which it would not in a ratio of medians.
 */
export function summarizeRatios(values: readonly number[], baselines: readonly number[]): Summary {
  return summarize(values.map((value, round) => value / baselines[round]));
}

export function formatQuartiles({ lowerQuartile, upperQuartile }: Summary, digits: number): string {
  return `${lowerQuartile.toFixed(digits)} – ${upperQuartile.toFixed(digits)}`;
}
