// When trials side by side first have Pr[y>0] below the threshold.

import { FIRST_HIT } from './trial';

/**
 * `meanIsBelow` for two trials.
 * @param bound t |t| of the threshold t, twice
 */
export function meansAreBelow(means: v128, variances: v128, bound: v128): v128 {
  return f64x2.lt(f64x2.mul(means, f64x2.abs(means)), f64x2.mul(bound, variances));
}

/** @param below not 0 if the trial is below the threshold after so many updates */
export function noteHit(trial: usize, below: i64, update: f64): void {
  if (below !== 0 && load<f64>(trial, FIRST_HIT) < 0) store<f64>(trial, update, FIRST_HIT);
}
