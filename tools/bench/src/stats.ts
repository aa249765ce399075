import { betaCdf, quantile } from '@reluctant/core';

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

/** Median of ratios with a 95 % interval for it. */
export interface MedianRatio {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Median of value / baseline, formed round by round, with an interval that holds the median of all such rounds with a probability of at
 * least 95 %, whatever their distribution: between the k-th smallest and the k-th largest, with the largest k for which
 * Pr[Binomial(n, ½) < k] ≤ 2.5 % (David & Nagaraja, Order Statistics, 2003, section 7.1). Too few rounds: (−∞, ∞).
 */
export function medianRatio(values: readonly number[], baselines: readonly number[]): MedianRatio {
  const ratios = values.map((value, round) => value / baselines[round]).sort((a, b) => a - b);
  const n = ratios.length;
  let k = 0;
  // Pr[Binomial(n, ½) ≤ k] = I_½(n − k, k + 1)
  while (k < n / 2 && betaCdf(0.5, n - k, k + 1) <= 0.025) k++;
  return {
    median: quantile(ratios, 0.5),
    lower: k === 0 ? -Infinity : ratios[k - 1],
    upper: k === 0 ? Infinity : ratios[n - k],
  };
}

/** As a change in per cent: `+1.9 % (+0.4 to +3.2)`. */
export function formatChange({ median, lower, upper }: MedianRatio): string {
  const percent = (ratio: number) => {
    const change = ((ratio - 1) * 100).toFixed(1);
    return ratio >= 1 ? `+${change}` : change.replace('-', '−');
  };
  if (!Number.isFinite(lower)) return `${percent(median)} %`;
  return `${percent(median)} % (${percent(lower)} to ${percent(upper)})`;
}

export function formatQuartiles({ lowerQuartile, upperQuartile }: Summary, digits: number): string {
  return `${lowerQuartile.toFixed(digits)} – ${upperQuartile.toFixed(digits)}`;
}
