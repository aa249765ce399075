import { ReluctantError } from '../errors.js';
import { fQuantile, fTail } from './f-distribution.js';
import type { Interval } from './intervals.js';
import { mean } from './moments.js';

/** How much of the variance of values lies between the groups that they come in. */
export interface VarianceComponents {
  readonly groups: number;
  readonly values: number;
  /** Standard deviation of what the values of a group have in common, and that of values of one group. */
  readonly between: number;
  readonly within: number;
  /** Intraclass correlation: between² / (between² + within²), in [0, 1]. */
  readonly share: number;
  readonly interval: Interval;
  /** Of the F test of one common mean. */
  readonly p: number;
}

/**
 * One-way analysis of variance with random effects. Both variances are estimated from the mean squares, a negative one between groups taken
 * as 0. The interval for the share comes from that of F (Searle, Linear Models, 1971, 9.9): exact for groups of one size with normal
 * effects, an approximation with n₀ = (N − Σnᵢ²/N)/(k − 1) as the common size otherwise. Without any variance the share is 0 and may be anything.
 * @param groups at least two, with more values in all than groups
 * @param confidence in (0, 1)
 * @throws ReluctantError `INTERNAL` for too few of them
 */
export function varianceComponents(groups: readonly (readonly number[])[], confidence = 0.95): VarianceComponents {
  const all = groups.flat();
  const [between, within] = [groups.length - 1, all.length - groups.length];
  if (between < 1 || within < 1 || groups.some(({ length }) => length === 0)) {
    throw new ReluctantError('INTERNAL', 'Variance components need two groups, and more values than groups.');
  }
  const centre = mean(all);
  const squares = (values: readonly number[], around: number) =>
    values.reduce((sum, value) => sum + (value - around) ** 2, 0);
  const meanSquareBetween =
    groups.reduce((sum, group) => sum + group.length * (mean(group) - centre) ** 2, 0) / between;
  const meanSquareWithin = groups.reduce((sum, group) => sum + squares(group, mean(group)), 0) / within;
  const size = (all.length - squares(groups.map(({ length }) => length), 0) / all.length) / between; // prettier-ignore

  const betweenVariance = Math.max(0, (meanSquareBetween - meanSquareWithin) / size);
  const total = betweenVariance + meanSquareWithin;
  const f = meanSquareBetween === 0 ? 0 : meanSquareBetween / meanSquareWithin;
  const shareAt = (p: number) => {
    const ratio = f / fQuantile(p, between, within);
    return ratio === Infinity ? 1 : Math.max(0, (ratio - 1) / (ratio - 1 + size));
  };
  return {
    groups: groups.length,
    values: all.length,
    between: Math.sqrt(betweenVariance),
    within: Math.sqrt(meanSquareWithin),
    share: total === 0 ? 0 : betweenVariance / total,
    interval:
      total === 0
        ? { lower: 0, upper: 1 }
        : { lower: shareAt((1 + confidence) / 2), upper: shareAt((1 - confidence) / 2) },
    p: fTail(f, between, within),
  };
}
