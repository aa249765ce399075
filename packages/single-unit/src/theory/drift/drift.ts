import type { TeacherKind } from '../../model/teacher.js';
import { inactiveSide } from '../../model/update-rule.js';
import { addScaled } from '../../numerics/matrix.js';
import { reflectUnit, unitGeometry, type UnitGeometry } from '../geometry.js';
import { halfSpaceError } from '../half-space-error.js';
import { inputMoment } from '../region-moments.js';
import type { TheoryModel } from '../theory-model.js';

/**
 * The conditional drift h(w) = E[Δw | w]/step of the weights, n numbers: exact for normal input that is drawn anew at each step.
 *
 *     backprop   E[(d − y) 1(s > 0) x]; for a linear teacher A₂(v − w), and for a ReLU teacher
 *                m [M − deviationS κ(a)] + r [φ(a) E[max(t, 0) | s = 0] − deviationS Φ(a)] + (Rv) Φ₂(a, b; ρ)
 *                with M = E[1(s > 0) max(t, 0)]: Tian (2017)'s gradient where m = 0 and R = I
 *     others     that, plus the gate times the same of the inactive side
 *
 * Without a teacher (`none`) it is 0 for every rule, the error being independent of x: the weights are a martingale.
 *
 * Digits stay where the unit is hardly ever active (relative to φ(a)) and where w nears v. O(n²).
 */
export function drift(
  model: TheoryModel,
  weights: Float64Array,
  geometry: UnitGeometry = unitGeometry(model.input, model.teacher.weights, weights),
): Float64Array {
  const { slope, gate } = inactiveSide(model.rule);
  const total = halfSpaceDrift(model.teacher.kind, geometry, 1);
  return gate === 0 ? total : addScaled(total, gate, halfSpaceDrift(model.teacher.kind, reflectUnit(geometry), -slope));
}

/** E[(g(t) − slope · s) 1(s > 0) x], or that over φ(a) where a < −4. */
export function halfSpaceDrift(
  kind: TeacherKind,
  geometry: UnitGeometry,
  slope: number,
  overDensity = false,
): Float64Array {
  const total = new Float64Array(geometry.input.size);
  for (const { region, error } of halfSpaceError(kind, geometry, slope, 2, overDensity))
    addScaled(total, 1, inputMoment(region, error));
  return total;
}
