import { millsRatio, normalCdf, normalDensity } from './normal.js';

/** Below this a the recurrence in increasing order cancels, and the continued fraction converges fast. */
const TAIL = -1;

/**
 * Moments of a rectified normal variable, E[max(a + Z, 0)^i] for i = 0 … order (the 0th is Pr[a + Z > 0] = Φ(a), the first κ(a) =
 * aΦ(a) + φ(a)), each with a small relative error also far in the lower tail: N_i = a N_{i−1} + (i − 1) N_{i−2}.
 *
 * @param order whole number ≥ 1
 */
export function rectifiedMoments(a: number, order: number): Float64Array {
  if (a < TAIL) {
    const density = normalDensity(a);
    return a < -38 ? new Float64Array(order + 1) : scaledRectifiedMoments(a, order).map((moment) => moment * density);
  }
  const moments = new Float64Array(order + 1);
  moments[0] = normalCdf(a);
  moments[1] = a * moments[0] + normalDensity(a);
  for (let i = 2; i <= order; i++) moments[i] = a * moments[i - 1] + (i - 1) * moments[i - 2];
  return moments;
}

/**
 * `rectifiedMoments` divided by φ(a), ∫₀^∞ uⁱ exp(au − u²/2) du: they decay as powers of a where those underflow. Below a = −1 the
 * ratio of neighbours is the continued fraction i/(|a| + (i + 1)/(|a| + …)), all of whose terms are positive, since the moments are
 * the recurrence's minimal solution (Gautschi 1967).
 *
 * @param a finite; above about 38 the result overflows
 * @param order whole number ≥ 1
 */
export function scaledRectifiedMoments(a: number, order: number): Float64Array {
  if (a >= TAIL) {
    const density = normalDensity(a);
    return rectifiedMoments(a, order).map((moment) => moment / density);
  }
  const moments = new Float64Array(order + 1);
  let ratio = 0;
  for (let i = order + tailTerms(a); i >= 1; i--) {
    ratio = i / (ratio - a);
    if (i <= order) moments[i] = ratio;
  }
  moments[0] = millsRatio(-a);
  for (let i = 1; i <= order; i++) moments[i] *= moments[i - 1];
  return moments;
}

/** Number of terms after which the continued fraction at a < −1 has all of a double's digits; found numerically. */
export function tailTerms(a: number): number {
  return Math.ceil(18 + 440 / (a * a));
}
