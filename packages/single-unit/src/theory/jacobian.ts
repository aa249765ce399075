import type { TeacherKind } from '../model/teacher.js';
import { inactiveSide } from '../model/update-rule.js';
import { addScaled, addSymmetricOuter } from '../numerics/matrix.js';
import { normalCdf, normalDensity } from '../numerics/normal.js';
import { reluMean } from '../numerics/rectified-mean.js';
import { reflectUnit, unitGeometry, type UnitGeometry } from './geometry.js';
import { activeCorrelation } from './half-space-moments.js';
import type { TheoryModel } from './theory-model.js';

/**
 * ∂h/∂w of the drift, n × n and symmetric: (1 − gate) D − A₂(w) − gate · slope · A₂(−w), where D = E[δ(s) g(t) x xᵀ] is the teacher's
 * signal on the decision boundary. At w = v it is −A₂(v) for `backprop` with a ReLU or linear teacher, and for `lms`.
 *
 * NaN where the pre-activation is always 0 (w = 0, say): the drift jumps there. 0 for the teacher `none`, which has no drift.
 */
export function jacobian(
  model: TheoryModel,
  weights: Float64Array,
  geometry: UnitGeometry = unitGeometry(model.input, model.teacher.weights, weights),
): Float64Array {
  if (model.teacher.kind === 'none') return new Float64Array(model.input.size ** 2);
  const { slope, gate } = inactiveSide(model.rule);
  if (geometry.deviationS === 0 && geometry.meanS === 0) return new Float64Array(model.input.size ** 2).fill(NaN);
  const total = boundarySignal(model.teacher.kind, geometry).map((value) => (1 - gate) * value);
  addScaled(total, -1, activeCorrelation(geometry));
  return gate * slope === 0 ? total : addScaled(total, -gate * slope, activeCorrelation(reflectUnit(geometry)));
}

/**
 * D = E[δ(s) g(t) x xᵀ]: on the boundary x = m₀ + ĉ z₂ + x⊥ and t = boundaryMeanT + τ z₂. For a ReLU teacher it is positive
 * semi-definite: it revives.
 */
function boundarySignal(kind: Exclude<TeacherKind, 'none'>, geometry: UnitGeometry): Float64Array {
  const { input, a, deviationS, boundaryMeanT, tau, eta, r, residual, boundaryInput } = geometry;
  const density = deviationS === 0 ? 0 : normalDensity(a) / deviationS;
  if (kind === 'zero' || density === 0) return new Float64Array(input.size ** 2);
  const relu = kind === 'relu';
  const signal = density * (relu ? reluMean(boundaryMeanT, tau) : boundaryMeanT);
  const active = density * tau * (relu ? normalCdf(eta) : 1);
  const total = input.covariance.map((covariance) => signal * covariance);
  addSymmetricOuter(total, signal, boundaryInput);
  addSymmetricOuter(total, -signal, r);
  addSymmetricOuter(total, 2 * active, boundaryInput, residual);
  return relu ? addSymmetricOuter(total, density * tau * normalDensity(eta), residual) : total;
}
