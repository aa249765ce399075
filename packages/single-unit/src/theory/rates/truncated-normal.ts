import { millsRatio } from '../../numerics/normal.js';
import { scaledRectifiedMoments } from '../../numerics/rectified-moments.js';

/** Moments of a standard normal Z, given that it exceeds a threshold. */
export interface TruncatedNormal {
  /** E[Z | Z > x], which is also the hazard φ(x)/(1 − Φ(x)). */
  readonly mean: number;
  readonly variance: number;
  /** E[(Z − x)² | Z > x]. */
  readonly squaredExcess: number;
}

/**
 * Moments of the part of a standard normal above `threshold`. Relative errors below 1e-12, however far in the tail: there the
 * variance is formed of moments of the excess Z − x, since 1 − h(h − x), h the hazard, would cancel to x⁴ eps.
 */
export function truncatedNormal(threshold: number): TruncatedNormal {
  const x = threshold;
  const hazard = 1 / millsRatio(x);
  if (x < 0) {
    const meanExcess = hazard - x;
    return { mean: hazard, variance: 1 - hazard * meanExcess, squaredExcess: 1 - x * meanExcess };
  }
  const [zeroth, first, second] = scaledRectifiedMoments(-x, 2);
  const meanExcess = first / zeroth;
  const squaredExcess = second / zeroth;
  return { mean: x + meanExcess, variance: squaredExcess - meanExcess * meanExcess, squaredExcess };
}
