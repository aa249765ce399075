import { betaQuantile } from './beta-distribution.js';
import { normalQuantile } from './normal-distribution.js';

/** A two-sided confidence interval; both ends belong to it. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Wilson's score interval (1927) for the mean of `observations` independent values in [0, 1] whose average is `proportion`:
 * all means that the average doesn't contradict by more than z standard errors.
 *
 * For yes/no values it is the usual interval for a proportion. For any other values in [0, 1], such as the share of one
 * image's positions at which a unit fires, it is conservative: a variance with mean p is at most p(1 − p). That makes it
 * usable for Pr[y>0] of a convolution channel with one observation per *image*, where counting positions as independent
 * would promise far too narrow an interval.
 * @param proportion in [0, 1]
 * @param observations 0 tells nothing: [0, 1]
 * @param confidence in (0, 1)
 */
export function wilsonInterval(proportion: number, observations: number, confidence = 0.95): Interval {
  if (observations === 0) return { lower: 0, upper: 1 };
  const z = normalQuantile(0.5 + confidence / 2);
  const shrink = 1 / (1 + (z * z) / observations);
  const centre = (proportion + (z * z) / (2 * observations)) * shrink;
  const spread = (proportion * (1 - proportion)) / observations + (z / (2 * observations)) ** 2;
  const half = z * Math.sqrt(spread) * shrink;
  return {
    lower: proportion === 0 ? 0 : Math.max(0, centre - half),
    upper: proportion === 1 ? 1 : Math.min(1, centre + half),
  };
}

/**
 * The exact interval of Clopper and Pearson (1934) for the probability behind `successes` in `trials` independent yes/no
 * trials: its coverage is at least `confidence` whatever the probability.
 * @param successes integer in [0, trials]
 * @param trials integer; 0 tells nothing: [0, 1]
 * @param confidence in (0, 1)
 */
export function clopperPearsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  const oneSided = (1 + confidence) / 2;
  return {
    lower: 1 - clopperPearsonUpper(trials - successes, trials, oneSided),
    upper: clopperPearsonUpper(successes, trials, oneSided),
  };
}

/**
 * Clopper and Pearson's one-sided upper bound: the largest probability under which so few successes are not less likely than
 * 1 − `confidence`. Arguments as in `clopperPearsonInterval`.
 */
export function clopperPearsonUpper(successes: number, trials: number, confidence = 0.95): number {
  if (successes === trials) return 1;
  if (successes === 0) return neverFiredUpperBound(trials, confidence);
  return betaQuantile(confidence, successes + 1, trials - successes);
}

/**
 * One-sided upper bound on Pr[unit fires on an image] for a unit that fired on none of `images` independent images:
 * 1 − (1 − confidence)^(1/images), about 3/images at 95 %. Computed without the cancellation of the plain formula.
 * @param images 0 tells nothing: 1
 */
export function neverFiredUpperBound(images: number, confidence = 0.95): number {
  return -Math.expm1(Math.log1p(-confidence) / images);
}
