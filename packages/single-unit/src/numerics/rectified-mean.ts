import { millsRatio, normalCdf, normalDensity } from './normal.js';
import { tailTerms } from './rectified-moments.js';

/** κ(u) = E[max(u + Z, 0)] = uΦ(u) + φ(u), with a small relative error also in the lower tail. */
export function rectifiedMean(u: number): number {
  if (u >= -3) return u * normalCdf(u) + normalDensity(u);
  if (u < -38) return 0;
  let ratio = 0;
  for (let i = 1 + tailTerms(u); i >= 1; i--) ratio = i / (ratio - u);
  return normalDensity(u) * millsRatio(-u) * ratio;
}

/**
 * E[max(X, 0)] for X ~ N(mean, deviation²): deviation · κ(mean/deviation).
 *
 * @param deviation standard deviation ≥ 0; at 0 the result is max(mean, 0)
 */
export function reluMean(mean: number, deviation: number): number {
  return deviation === 0 ? Math.max(mean, 0) : deviation * rectifiedMean(mean / deviation);
}
