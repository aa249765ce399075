import { quantile } from '@reluctant/core';
import type { ArrayDifference } from './differences.js';

/** Of ratios over arrays. */
export interface RatioRange {
  readonly median: number;
  /** 10th and 90th percentile. */
  readonly lowerDecile: number;
  readonly upperDecile: number;
  /** Arrays without a ratio, in which only ours differ: the yardstick's are equal bit for bit. */
  readonly unmatched: number;
}

type Differences = Readonly<Record<string, ArrayDifference>>;

/**
 * How many times as large differences are as a yardstick's, array by array. Arrays that are equal bit for bit on both sides are left
 * out.
 * @returns `undefined` where there is no ratio to form
 */
export function ratioRange(differences: Differences, yardstick: Differences): RatioRange | undefined {
  // Of absolute differences, as the array that both are relative to cancels, and may be zero.
  const pairs = Object.entries(differences).map(
    ([name, { absolute }]) => [absolute, yardstick[name].absolute] as const,
  );
  const ratios = pairs.filter(([, theirs]) => theirs !== 0).map(([ours, theirs]) => ours / theirs);
  if (ratios.length === 0) return undefined;
  return {
    median: quantile(ratios, 0.5),
    lowerDecile: quantile(ratios, 0.1),
    upperDecile: quantile(ratios, 0.9),
    unmatched: pairs.filter(([ours, theirs]) => ours !== 0 && theirs === 0).length,
  };
}
