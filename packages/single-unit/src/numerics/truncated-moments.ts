import { normalCdf, normalDensity } from './normal.js';

/** Beyond this, Φ and φ are 0 or 1 in double precision. */
const CERTAIN = 40;

/**
 * Moments of a standard normal variable above −a, J_i(a) = E[1(Z > −a) Zⁱ] for i = 0 … order:
 * J₀ = Φ(a), J₁ = φ(a), J_i = (−a)^(i−1) φ(a) + (i − 1) J_{i−2}. a may be infinite.
 *
 * @param order whole number ≥ 1
 */
export function truncatedMoments(a: number, order: number): Float64Array {
  const moments = new Float64Array(order + 1);
  if (a < -CERTAIN) return moments;
  const certain = a > CERTAIN;
  moments[0] = certain ? 1 : normalCdf(a);
  let boundary = certain ? 0 : normalDensity(a);
  moments[1] = boundary;
  for (let i = 2; i <= order; i++) {
    if (!certain) boundary *= -a;
    moments[i] = boundary + (i - 1) * moments[i - 2];
  }
  return moments;
}
