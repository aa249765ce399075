import { symmetricEigenpairs } from '../../numerics/linear-algebra.js';
import type { MeanSquareOperators } from './mean-square-operators.js';

/** The largest step size at which the mean weights still converge near the optimum, 2/λ_max(A₂): necessary, far too large. */
export function meanStepSizeBound({ rates }: MeanSquareOperators): number {
  return 2 / rates[rates.length - 1];
}

/**
 * The largest step size at which the mean square of the weights still converges near the optimum: 1/λ_max of
 * (decay)⁻¹ (growth). It depends on the law of the inputs of an active unit alone, not on how often the unit is active, so what
 * a unit loses in speed by firing rarely can't be bought back by larger steps.
 */
export function meanSquareStepSizeBound({ size, decay, growth }: MeanSquareOperators): number {
  // Symmetric, with the same eigenvalues. A direction without decay, in which the input does not vary, has no growth either.
  const scale = decay.map((rate) => (rate > 0 ? 1 / Math.sqrt(rate) : 0));
  const scaledGrowth = growth.map((value, k) => value * scale[Math.floor(k / size)] * scale[k % size]);
  return 1 / symmetricEigenpairs(scaledGrowth, size).values[size - 1];
}

/**
 * The share of the mean square that is left after an update, in the slowest mode, at step size μ: λ_max(I − μ decay + μ² growth).
 * 1 or more: it does not converge.
 */
export function meanSquareContraction({ size, decay, growth }: MeanSquareOperators, stepSize: number): number {
  const update = growth.map((value) => stepSize * stepSize * value);
  for (let i = 0; i < size; i++) update[i * (size + 1)] += 1 - stepSize * decay[i];
  return symmetricEigenpairs(update, size).values[size - 1];
}

/**
 * The step size of the fastest convergence in mean square, and the share 1 − contraction of it that an update removes then: the
 * best that any constant step size can do. By golden section, since the contraction is a convex function of the step size.
 */
export function fastestStepSize(operators: MeanSquareOperators): { readonly stepSize: number; readonly rate: number } {
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = 0;
  let high = meanSquareStepSizeBound(operators);
  let [left, right] = [high - golden * high, golden * high];
  let [atLeft, atRight] = [left, right].map((stepSize) => meanSquareContraction(operators, stepSize));
  while (high - low > 1e-9 * high) {
    if (atLeft < atRight) {
      high = right;
      [right, atRight] = [left, atLeft];
      left = high - golden * (high - low);
      atLeft = meanSquareContraction(operators, left);
    } else {
      low = left;
      [left, atLeft] = [right, atRight];
      right = low + golden * (high - low);
      atRight = meanSquareContraction(operators, right);
    }
  }
  return { stepSize: (low + high) / 2, rate: 1 - Math.min(atLeft, atRight) };
}

/** `meanSquareStepSizeBound` for white inputs of mean 0 and variance 1 without a bias, whatever the teacher. */
export function whiteStepSizeBound(inputs: number): number {
  return 2 / (inputs + 2);
}
