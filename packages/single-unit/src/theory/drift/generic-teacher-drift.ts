import type { InputMoments } from '../../model/input-moments.js';
import { addScaled, scaled } from '../../numerics/matrix.js';
import { normalCdf, normalDensity } from '../../numerics/normal.js';
import { unitGeometry } from '../geometry.js';
import { activeInput, outputInputMoment } from '../half-space-moments.js';
import { integrateOverTeacher, type GenericTeacher } from './teacher-quadrature.js';

/** The drift of `backprop`, E[(g(t) − y) 1(s > 0) x], under any teacher: an integral over t, given which x and s are jointly normal. */
export function genericTeacherDrift(input: InputMoments, teacher: GenericTeacher, weights: Float64Array): Float64Array {
  const geometry = unitGeometry(input, teacher.weights, weights);
  const signal =
    geometry.deviationT === 0
      ? scaled(activeInput(geometry), teacher.response(geometry.meanT))
      : integrateOverTeacher(geometry, teacher, (g, { a }) => [g * normalCdf(a), g * normalDensity(a)]);
  return addScaled(signal, -1, outputInputMoment(geometry));
}
