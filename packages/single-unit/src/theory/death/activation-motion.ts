import { dot } from '../../numerics/matrix.js';
import { millsRatio, normalDensity } from '../../numerics/normal.js';
import { reluMean } from '../../numerics/rectified-mean.js';
import { drift } from '../drift/drift.js';
import { unitGeometry, type UnitGeometry } from '../geometry.js';
import type { TheoryModel } from '../theory-model.js';

/** How the mean field moves Pr[y>0] = Φ(a), in the time τ = μk. */
export interface ActivationMotion {
  /** da/dτ: E[(d − y) gate(s) (m₀·x)]/deviationS, m₀ = E[x | s = 0]. */
  readonly threshold: number;
  /** dPr[y>0]/dτ = φ(a) da/dτ. Negative: the unit is on its way to fire less. */
  readonly activation: number;
}

/** For any normal input and any rule. Stochastic gradients add terms of the order of the step size. */
export function activationMotion(model: TheoryModel, weights: Float64Array): ActivationMotion {
  const geometry = unitGeometry(model.input, model.teacher.weights, weights);
  const { a, boundaryInput, deviationS } = geometry;
  const threshold = dot(boundaryInput, drift(model, weights, geometry)) / deviationS;
  return { threshold, activation: normalDensity(a) * threshold };
}

/**
 * E[g(t) | s = 0], the teacher's mean response on the unit's decision boundary: the signal that a unit sees which hardly ever fires.
 * 0 where there is none.
 */
export function boundaryResponse({ kind }: TheoryModel['teacher'], { boundaryMeanT, tau }: UnitGeometry): number {
  switch (kind) {
    case 'relu':
      return reluMean(boundaryMeanT, tau);
    case 'linear':
      return boundaryMeanT;
    case 'zero':
    case 'none':
      return 0;
  }
}

/** Leading order of the motion of a unit that hardly ever fires. */
export interface DeepDeadMotion {
  /** da/dτ = φ(a) (boundaryResponse/meanActiveOutput − 1); 0 for the teacher `none`. */
  readonly threshold: number;
  readonly boundaryResponse: number;
  /** |w|/(|a| + mills |a|), about E[y | y > 0]: the unit is on its way back to life where the boundary's response is larger. */
  readonly meanActiveOutput: number;
}

/**
 * For white inputs (mean 0, variance 1) with a bias, and `backprop`, as a → −∞: 6 % off at a = −4, 1–3 % at a = −6 to −8. So slow
 * is the motion that "dead" always means: within so many updates.
 *
 * @param weights with a = b/|w| < 0
 */
export function deepDeadMotion({ input, teacher }: TheoryModel, weights: Float64Array): DeepDeadMotion {
  const geometry = unitGeometry(input, teacher.weights, weights);
  const { a, deviationS } = geometry;
  const response = boundaryResponse(teacher, geometry);
  const meanActiveOutput = deviationS / (Math.abs(a) + millsRatio(Math.abs(a)));
  return {
    threshold: teacher.kind === 'none' ? 0 : normalDensity(a) * (response / meanActiveOutput - 1),
    boundaryResponse: response,
    meanActiveOutput,
  };
}
