import { inactiveSide } from '../model/update-rule.js';
import { reflectUnit, unitGeometry, type UnitGeometry } from './geometry.js';
import { halfSpaceError } from './half-space-error.js';
import { expectation } from './region-moments.js';
import type { TheoryModel } from './theory-model.js';

export interface SquaredError {
  /** E[e²], e = d − y: with the noise. Of the teacher `none` σₙ², whatever the unit does. */
  readonly mse: number;
  /** E[(g(t) − y)²], without it: exact to many digits also where it is far below `mse`. 0 for the teacher `none`. */
  readonly excess: number;
}

/** The mean squared error of the unit's output at weights w. `backprop` and `leaky` descend its gradient: h = −½ ∇ mse. O(n²). */
export function squaredError(
  model: TheoryModel,
  weights: Float64Array,
  geometry: UnitGeometry = unitGeometry(model.input, model.teacher.weights, weights),
): SquaredError {
  const pieces = [
    ...halfSpaceError(model.teacher.kind, geometry, 1, 2),
    ...halfSpaceError(model.teacher.kind, reflectUnit(geometry), -inactiveSide(model.rule).slope, 2),
  ];
  const excess = pieces.reduce((sum, { region, squared }) => sum + expectation(region, squared), 0);
  return { mse: excess + model.noise ** 2, excess };
}
