import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference } from '../testing/reference-drift.js';
import { randomUnit } from '../testing/random-unit.js';
import { reflectTeacher, unitGeometry } from './geometry.js';
import { activeMoments } from './half-space-moments.js';
import { orthantMoments } from './orthant-moments.js';
import { integrateOrthant } from './orthant-quadrature.js';
import {
  expectation,
  inputMoment,
  inputSecondMoment,
  product,
  studentForm,
  teacherForm,
  type RegionMoments,
} from './region-moments.js';

const geometry = fc
  .tuple(fc.nat(), fc.constantFrom(0, 0.7, 0.97))
  .map(([seed, likeTeacher]) => {
    const { model, weights } = randomUnit(seed, likeTeacher);
    const { input, teacher } = model('backprop', 'relu');
    return unitGeometry(input, teacher.weights, weights);
  })
  .filter(({ a, deviationS, sine }) => Math.abs(a) < 4 && deviationS > 0.1 && sine > 0.01);

/** Numbers that use all moments up to the fourth order, whatever the region's centre. */
function summary(region: RegionMoments): Float64Array {
  const [student, teacher] = [studentForm(region), teacherForm(region)];
  const [squared, mixed] = [product(student, student), product(student, teacher)];
  return Float64Array.of(
    expectation(region, [1, 0, 0]),
    expectation(region, mixed),
    ...inputMoment(region, mixed),
    ...inputSecondMoment(region, squared),
    ...inputSecondMoment(region, product(teacher, teacher)),
  );
}

const scaleOf = (values: Float64Array) => 1 + Math.max(...values.map(Math.abs));

describe('orthantMoments', () => {
  it('in closed form agrees with quadrature over the distance from the boundary', () => {
    fc.assert(
      fc.property(geometry, (g) => {
        const closed = orthantMoments(g, 4);
        expect(closed.centre).toBe('mean');
        const expected = summary(integrateOrthant(g, 4, false));
        expect(largestDifference(summary(closed), expected)).toBeLessThan(1e-12 * scaleOf(expected));
      }),
    );
  });

  it('of a teacher and its opposite add up to the half-space', () => {
    fc.assert(
      fc.property(geometry, (g) => {
        const [one, other] = [orthantMoments(g, 4), orthantMoments(reflectTeacher(g), 4)];
        const half = activeMoments(g, 4);
        const expected = inputSecondMoment(half, product(studentForm(half), studentForm(half)));
        const parts = [one, other].map((part) =>
          inputSecondMoment(part, product(studentForm(part), studentForm(part))),
        );
        const sum = parts[0].map((value, i) => value + parts[1][i]);
        expect(largestDifference(sum, expected)).toBeLessThan(1e-12 * scaleOf(expected));
      }),
    );
  });

  it('of a unit or a teacher that does not vary are moments of the other', () => {
    const input = { size: 2, mean: Float64Array.of(0, 1), covariance: Float64Array.of(1, 0, 0, 0) };
    const constantUnit = orthantMoments(unitGeometry(input, Float64Array.of(1, 0), Float64Array.of(0, 2)), 2);
    expect(Array.from(inputMoment(constantUnit, [1, 0, 0]))).toEqual([1 / Math.sqrt(2 * Math.PI), 0.5]);
    const constantTeacher = orthantMoments(unitGeometry(input, Float64Array.of(0, 2), Float64Array.of(1, 0)), 2);
    expect(Array.from(inputMoment(constantTeacher, [1, 0, 0]))).toEqual([1 / Math.sqrt(2 * Math.PI), 0.5]);
    const never = orthantMoments(unitGeometry(input, Float64Array.of(0, -2), Float64Array.of(1, 0)), 2);
    expect(Array.from(inputMoment(never, [1, 0, 0]))).toEqual([0, 0]);
  });
});
