import { logNormalCdf } from '../numerics/normal.js';
import { drift } from './drift/drift.js';
import { unitGeometry } from './geometry.js';
import { gradientSecondMoment } from './gradient-second-moment.js';
import { activationProbability, activeCorrelation, meanOutput, meanSquareOutput } from './half-space-moments.js';
import { jacobian } from './jacobian.js';
import { squaredError, type SquaredError } from './squared-error.js';
import type { TheoryModel } from './theory-model.js';

/** Every closed form at one state; matrices are n × n, row by row. */
export interface StateEvaluation extends SquaredError {
  /** Mean over standard deviation of s, ±∞ where s does not vary; b is the teacher's. */
  readonly a: number;
  readonly b: number;
  /** Correlation of s and t, and the angle between w and v that it is the cosine of. */
  readonly rho: number;
  readonly angle: number;
  /** Pr[y > 0] = Φ(a) and its logarithm, which stays finite where p underflows. */
  readonly p: number;
  readonly logP: number;
  /** E[y] and E[y²] of y = max(s, 0). */
  readonly meanOutput: number;
  readonly meanSquareOutput: number;
  /** h = E[Δw]/step. */
  readonly drift: Float64Array;
  /** ∂h/∂w; NaN where the pre-activation is always 0. */
  readonly jacobian: Float64Array;
  /** A₂ = E[1(s > 0) x xᵀ]. */
  readonly a2: Float64Array;
  /** E[Δw Δwᵀ]/step². */
  readonly q: Float64Array;
}

/** All that the theory says of the unit at weights w (n numbers, the bias last). O(n²). */
export function evaluateState(model: TheoryModel, weights: Float64Array): StateEvaluation {
  const geometry = unitGeometry(model.input, model.teacher.weights, weights);
  return {
    a: geometry.a,
    b: geometry.b,
    rho: geometry.rho,
    angle: Math.atan2(geometry.sine, geometry.rho),
    p: activationProbability(geometry),
    logP: logNormalCdf(geometry.a),
    meanOutput: meanOutput(geometry),
    meanSquareOutput: meanSquareOutput(geometry),
    drift: drift(model, weights, geometry),
    jacobian: jacobian(model, weights, geometry),
    a2: activeCorrelation(geometry),
    q: gradientSecondMoment(model, weights, geometry),
    ...squaredError(model, weights, geometry),
  };
}
