import { inactiveSide } from '../model/update-rule.js';
import { addScaled } from '../numerics/matrix.js';
import { reflectUnit, unitGeometry, type UnitGeometry } from './geometry.js';
import { activeCorrelation } from './half-space-moments.js';
import { halfSpaceError } from './half-space-error.js';
import { inputSecondMoment } from './region-moments.js';
import type { TheoryModel } from './theory-model.js';

/**
 * Q(w) = E[Δw Δwᵀ | w]/step² for one sample, n × n: E[e² 1(s > 0) x xᵀ] for `backprop`, and for the other rules that plus the
 * squared gate times the same of the inactive side. Without a teacher (`none`) e² is σₙ² on average. A batch of B has Q/B + (1 − 1/B) h hᵀ. O(n²).
 */
export function gradientSecondMoment(
  model: TheoryModel,
  weights: Float64Array,
  geometry: UnitGeometry = unitGeometry(model.input, model.teacher.weights, weights),
): Float64Array {
  const { slope, gate } = inactiveSide(model.rule);
  const total = halfSpaceSecondMoment(model, geometry, 1);
  if (gate === 0) return total;
  return addScaled(total, gate ** 2, halfSpaceSecondMoment(model, reflectUnit(geometry), -slope));
}

/** E[(g(t) + noise − slope · s)² 1(s > 0) x xᵀ]. */
function halfSpaceSecondMoment({ teacher, noise }: TheoryModel, geometry: UnitGeometry, slope: number): Float64Array {
  const total = activeCorrelation(geometry).map((value) => noise ** 2 * value);
  for (const { region, squared } of halfSpaceError(teacher.kind, geometry, slope, 4)) {
    addScaled(total, 1, inputSecondMoment(region, squared));
  }
  return total;
}
