import * as settings from './settings';

/**
 * Whether Pr[y>0] of normal inputs is below the threshold, by the mean and the variance of the pre-activation: the mean is less
 * than so many standard deviations. x |x| grows with x, so that squares can be compared.
 */
export function meanIsBelow(mean: f64, variance: f64): bool {
  return mean * abs(mean) < settings.threshold * abs(settings.threshold) * variance;
}
