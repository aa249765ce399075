import { millsRatio } from '../../numerics/normal.js';

/** Moments of a standard normal Z, given that it exceeds a threshold. */
export interface TruncatedNormal {
  /** E[Z | Z > x], which is also the hazard φ(x)/(1 − Φ(x)). */
  readonly mean: number;
  readonly variance: number;
  /** E[Z − x | Z > x]. */
  readonly meanExcess: number;
  /** E[(Z − x)² | Z > x]. */
  readonly squaredExcess: number;
}

/** Above it the continued fraction has converged after so many terms, and the direct formulas lose digits. */
const TAIL = 2;
const TERMS = 80;

/**
 * Moments of the part of a standard normal above `threshold`. Relative errors below 1e-12, however far in the tail.
 *
 * In the tail the variance 1 − h(h − x), h the hazard, would cancel to x⁴ eps; the continued fraction of Mills' ratio (Laplace)
 * gives its parts separately: h − x = 1/(x + r), r = 2/(x + 3/(x + 4/(x + …))).
 */
export function truncatedNormal(threshold: number): TruncatedNormal {
  const x = threshold;
  if (x < TAIL) {
    const mean = 1 / millsRatio(x);
    const meanExcess = mean - x;
    return { mean, meanExcess, variance: 1 - mean * meanExcess, squaredExcess: 1 - x * meanExcess };
  }
  let remainder = 0;
  for (let term = TERMS; term >= 2; term--) remainder = term / (x + remainder);
  const meanExcess = 1 / (x + remainder);
  return {
    mean: x + meanExcess,
    meanExcess,
    variance: (remainder - meanExcess) * meanExcess,
    squaredExcess: remainder * meanExcess,
  };
}
