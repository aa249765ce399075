import { ReluctantError } from '../errors.js';
import type { Interval } from './intervals.js';
import { quantile } from './moments.js';
import { normalQuantile } from './normal-distribution.js';

/** A straight line through points, and how sure its slope is. */
export interface TrendLine {
  readonly slope: number;
  /** median(y) − slope · median(x): the line goes through the medians. */
  readonly intercept: number;
  readonly interval: Interval;
}

/**
 * Theil and Sen's line: its slope is the median of the slopes between all pairs of points (Theil 1950, Sen 1968), which up to 29 % of
 * outliers can't carry away. The interval inverts Kendall's test of no trend with its normal approximation, ties counted (Sen 1968).
 * It assumes no distribution of the deviations from the line, but that they are independent and alike.
 * @param confidence of the interval, in (0, 1)
 * @throws ReluctantError `INTERNAL` with fewer than three points, or where all x are equal
 */
export function theilSen(x: readonly number[], y: readonly number[], confidence = 0.95): TrendLine {
  const slopes = pairSlopes(x, y);
  if (x.length !== y.length || x.length < 3 || slopes.length === 0) {
    throw new ReluctantError('INTERNAL', `A trend needs three points at places that differ; got ${x.length}.`);
  }
  const n = y.length;
  const ties = (values: readonly number[]) => tieSizes(values).reduce((sum, size) => sum + kendallTerm(size), 0);
  const sigma = Math.sqrt((kendallTerm(n) - ties(x) - ties(y)) / 18);
  const spread = normalQuantile(0.5 + confidence / 2) * sigma;
  const slope = quantile(slopes, 0.5);
  return {
    slope,
    intercept: quantile(y, 0.5) - slope * quantile(x, 0.5),
    interval: {
      lower: slopes[Math.max(0, Math.round((slopes.length - spread) / 2) - 1)],
      upper: slopes[Math.min(slopes.length - 1, Math.round((slopes.length + spread) / 2))],
    },
  };
}

/** Ascending; pairs of one x have none. A flat pair has +0, whichever of its points comes first. */
function pairSlopes(x: readonly number[], y: readonly number[]): readonly number[] {
  return x
    .flatMap((_, i) => x.slice(0, i).flatMap((_, j) => (x[i] === x[j] ? [] : [(y[i] - y[j]) / (x[i] - x[j]) + 0])))
    .sort((a, b) => a - b);
}

/** Sizes of the groups of equal values. */
function tieSizes(values: readonly number[]): readonly number[] {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()].filter((size) => size > 1);
}

/** 18 times the variance of Kendall's S for so many values; what a tie of that size takes from it. */
function kendallTerm(n: number): number {
  return n * (n - 1) * (2 * n + 5);
}
