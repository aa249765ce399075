import { normalCdf } from '../../numerics/normal.js';
import { truncatedNormal } from './truncated-normal.js';

/** Eigenvalues of E[1(s>0) x xᵀ]; −1/(μ · eigenvalue) is the time constant in updates of the mean weights, for small steps. */
export interface WhiteBiasRates {
  /** Pr[y>0] at the optimum. */
  readonly activation: number;
  /** In the plane of the teacher's weights and the bias: the slow one. */
  readonly slow: number;
  /** In the L − 1 directions that are orthogonal to the teacher's weights and to the bias: Pr[y>0] itself. */
  readonly orthogonal: number;
  /** In the plane of the teacher's weights and the bias: the fast one. */
  readonly fast: number;
}

/**
 * Rates of convergence near the optimum for white zero-mean inputs and a bias, at any number of inputs: the optimum enters only by
 * its normalised threshold a = b/|w|, where Φ(a) is its Pr[y>0]. The same for the rules `backprop`, `lms` and `surrogate` with a
 * ReLU teacher, and for `backprop` with a linear one.
 *
 * The slow one is the determinant Φ(a)² Var[z | z > −a] of [[J₂, J₁], [J₁, J₀]] over the fast one, which keeps its digits.
 */
export function whiteBiasRates(a: number): WhiteBiasRates {
  const activation = normalCdf(a);
  const { mean, variance } = truncatedNormal(-a);
  // All over Φ(a), so that nothing underflows before Φ(a) does: the trace is 1 + E[z² | z > −a].
  const trace = 1 + variance + mean * mean;
  const fast = (trace + Math.sqrt(trace * trace - 4 * variance)) / 2;
  return { activation, slow: (activation * variance) / fast, orthogonal: activation, fast: activation * fast };
}
