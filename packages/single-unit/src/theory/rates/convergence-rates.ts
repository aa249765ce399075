import { symmetricEigenpairs, type Eigenpairs } from '../../numerics/linear-algebra.js';
import { unitGeometry } from '../geometry.js';
import { activeCorrelation } from '../half-space-moments.js';
import { requireOptimum } from '../optimum.js';
import type { TheoryModel } from '../theory-model.js';

/**
 * Eigenpairs of A₂ = E[1(s>0) x xᵀ] at the optimum w = v, for any normal input: near it the mean weights' distance to v along
 * eigenvector i falls as exp(−μλᵢ k). Where the unit starts has no part in them; `backprop`, `lms` and `surrogate` share them. O(n³).
 *
 * @throws ReluctantError `CONFIG_INVALID` where the unit does not come to rest at v
 */
export function convergenceRates(model: TheoryModel): Eigenpairs {
  requireOptimum(model);
  const { input, teacher } = model;
  return symmetricEigenpairs(activeCorrelation(unitGeometry(input, teacher.weights, teacher.weights)), input.size);
}

/** Updates after which the mean weights' distance to the optimum has fallen by the factor e; the excess error takes half of them. */
export function timeConstant(stepSize: number, rate: number): number {
  return 1 / (stepSize * rate);
}
