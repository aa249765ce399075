import type { TeacherKind } from '../model/teacher.js';
import { activeMoments } from './half-space-moments.js';
import { reflectTeacher, type UnitGeometry } from './geometry.js';
import { orthantMoments } from './orthant-moments.js';
import {
  differenceForm,
  expectation,
  product,
  studentForm,
  teacherForm,
  type LinearForm,
  type QuadraticForm,
  type RegionMoments,
} from './region-moments.js';

/** The error and its square are sums over such pieces, of polynomials on regions of the (s, t) plane. */
export interface ErrorPiece {
  readonly region: RegionMoments;
  readonly error: LinearForm;
  readonly squared: QuadraticForm;
}

/**
 * The error g(t) − slope · s, without the noise, where the unit is active, s > 0. (Where it is inactive, reflect the unit.)
 *
 * - Linear teacher: t − slope · s on the half-space s > 0. Zero: −slope · s there.
 * - None: the error is noise alone, so that nothing is left.
 * - ReLU: max(t, 0) = 0 + t 1(t > 0) adds the orthant s > 0, t > 0 to the zero teacher. Equally, max(t, 0) = t + (−t) 1(−t > 0)
 *   adds the orthant of the opposite teacher to the linear one: that keeps the digits where the unit has all but learnt the
 *   teacher, since both summands are then small. Whichever has the smaller first summand is taken.
 *
 * @param order degree of the polynomial in x, up to 4, by which the piece's moments will be asked for; see `region-moments.ts`
 * @param overDensity divide by φ(a); see `activeMoments`
 */
export function halfSpaceError(
  kind: TeacherKind,
  geometry: UnitGeometry,
  slope: number,
  order: number,
  overDensity = false,
): ErrorPiece[] {
  if (kind === 'none') return [];
  const half = activeMoments(geometry, order, overDensity);
  const ownOutput = linear(half, scaledForm(studentForm(half), -slope));
  if (kind === 'zero') return [ownOutput];
  const difference = linear(half, differenceForm(half, slope));
  if (kind === 'linear') return [difference];
  const teacher = teacherForm(half);
  const nearTeacher = 2 * expectation(half, difference.squared) < expectation(half, product(teacher, teacher));
  return nearTeacher
    ? [difference, rectified(orthantMoments(reflectTeacher(geometry), order, overDensity), slope, -1)]
    : [ownOutput, rectified(orthantMoments(geometry, order, overDensity), slope, 0)];
}

function linear(region: RegionMoments, error: LinearForm): ErrorPiece {
  return { region, error, squared: product(error, error) };
}

/** What t 1(t > 0) adds to base · t − slope · s: t itself, and to the square 2 (base · t − slope · s) t + t². */
function rectified(region: RegionMoments, slope: number, base: number): ErrorPiece {
  const teacher = teacherForm(region);
  const student = studentForm(region);
  const other = teacher.map((value, i) => (2 * base + 1) * value - 2 * slope * student[i]);
  return { region, error: teacher, squared: product(teacher, other as unknown as LinearForm) };
}

function scaledForm(form: LinearForm, factor: number): LinearForm {
  return [factor * form[0], factor * form[1], factor * form[2]];
}
