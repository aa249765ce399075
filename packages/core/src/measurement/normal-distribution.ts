import { ReluctantError } from '../errors.js';

const LOG_ROOT_TWO_PI = 0.9189385332046727;

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x - LOG_ROOT_TWO_PI);
}

/**
 * Φ(x), the standard normal distribution function, to about 1e-13 relative: small values keep their digits. Near 0 by the
 * series ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …) (Abramowitz & Stegun 26.2.11), in the tail by Laplace's continued fraction
 * φ(x)/(x + 1/(x + 2/(x + …))) (26.2.14).
 */
export function normalCdf(x: number): number {
  if (x > 0) return 1 - normalCdf(-x);
  if (x > -2) return 0.5 - normalDensity(x) * oddSeries(-x);
  if (x === -Infinity) return 0;
  const t = -x;
  let denominator = t;
  for (let k = 120; k >= 1; k--) denominator = t + k / denominator;
  return normalDensity(t) / denominator;
}

/** x + x³/3 + x⁵/(3·5) + … for x ≥ 0. */
function oddSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return sum;
}

/**
 * Φ⁻¹(p) for p in [0, 1]. Newton's iteration on ln Φ, which is concave: from a start left of the root it rises towards the
 * root and never passes it. Φ(−t) ≤ ½·exp(−t²/2) gives such a start.
 * @throws ReluctantError `INTERNAL` for p outside [0, 1]
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new ReluctantError('INTERNAL', `A probability must lie in [0, 1]; got ${p}.`);
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0) return -Infinity;
  if (p === 0.5) return 0;
  let x = -Math.sqrt(-2 * Math.log(2 * p));
  for (;;) {
    const value = normalCdf(x);
    const next = x - (Math.log(value / p) * value) / normalDensity(x);
    if (!(next > x)) return x;
    x = next;
  }
}
