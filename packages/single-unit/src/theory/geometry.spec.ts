import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot, multiply, scaled } from '../numerics/matrix.js';
import { largestDifference } from '../testing/reference-drift.js';
import { randomUnit } from '../testing/random-unit.js';
import { reflectTeacher, reflectUnit, unitGeometry, type UnitGeometry } from './geometry.js';

const state = fc.tuple(fc.nat(), fc.constantFrom(0, 0.5, 0.99)).map(([seed, likeTeacher]) => {
  const { model, weights } = randomUnit(seed, likeTeacher);
  const { input, teacher } = model('backprop', 'relu');
  return { input, weights, teacherWeights: teacher.weights };
});

/** Largest difference of any two numbers of two geometries, the sizes of their entries taken into account. */
function distance(x: UnitGeometry, y: UnitGeometry): number {
  const numbers = ({ input: _, ...rest }: UnitGeometry) =>
    Float64Array.from(Object.values(rest).flatMap((value) => (typeof value === 'number' ? [value] : [...value])));
  const expected = numbers(y);
  return largestDifference(numbers(x), expected) / (1 + Math.max(...expected.map(Math.abs)));
}

describe('unitGeometry', () => {
  it('has the means, covariances and conditional laws of s, t and x', () => {
    fc.assert(
      fc.property(state, ({ input, weights, teacherWeights }) => {
        const g = unitGeometry(input, teacherWeights, weights);
        const scale = 1 + g.deviationS ** 2 + g.deviationT ** 2;
        const covarianceOfST = dot(weights, multiply(input.covariance, teacherWeights));
        expect(Math.abs(g.rho * g.deviationS * g.deviationT - covarianceOfST) / scale).toBeLessThan(1e-13);
        expect(g.rho ** 2 + g.sine ** 2).toBeCloseTo(1, 12);
        expect(g.tau / g.deviationT).toBeCloseTo(g.sine, 12);
        // x and z₂: Cov(x, t) = deviationT (ρ r + sine ĉ).
        const covarianceWithT = multiply(input.covariance, teacherWeights);
        const rebuilt = g.r.map((value, i) => g.deviationT * (g.rho * value + g.sine * g.residual[i]));
        expect(largestDifference(rebuilt, covarianceWithT) / scale).toBeLessThan(1e-12);
        // s is 0 at the mean input on the boundary, and t is boundaryMeanT there.
        expect(Math.abs(dot(weights, g.boundaryInput)) / scale).toBeLessThan(1e-12);
        expect(Math.abs(dot(teacherWeights, g.boundaryInput) - g.boundaryMeanT)).toBeLessThan(1e-11 * scale);
        expect(Math.abs(g.sine * g.zeta - (g.a - g.rho * g.b))).toBeLessThan(
          1e-12 * (1 + Math.abs(g.a) + Math.abs(g.b)),
        );
      }),
    );
  });

  it('reflects as if the weights were negated', () => {
    fc.assert(
      fc.property(state, ({ input, weights, teacherWeights }) => {
        const g = unitGeometry(input, teacherWeights, weights);
        expect(distance(reflectUnit(g), unitGeometry(input, teacherWeights, scaled(weights, -1)))).toBeLessThan(1e-8);
        expect(distance(reflectTeacher(g), unitGeometry(input, scaled(teacherWeights, -1), weights))).toBeLessThan(
          1e-8,
        );
      }),
    );
  });

  it('keeps the digits of the residual as w nears v', () => {
    const input = { size: 2, mean: Float64Array.of(0, 0), covariance: Float64Array.of(1, 0, 0, 1) };
    const g = unitGeometry(input, Float64Array.of(1, 0), Float64Array.of(1 + 2 ** -40, 2 ** -40));
    expect(g.sine / 2 ** -40).toBeCloseTo(1, 10);
    expect(g.gainDifference / -(2 ** -40)).toBeCloseTo(1, 10);
    expect(g.rho).toBe(1);
  });

  it('has states for units and teachers that do not vary', () => {
    const input = { size: 2, mean: Float64Array.of(0.5, 1), covariance: Float64Array.of(1, 0, 0, 0) };
    const still = (w: readonly number[], v: readonly number[]) =>
      unitGeometry(input, Float64Array.from(v), Float64Array.from(w));
    expect(still([0, 0.3], [1, 0])).toMatchObject({ a: Infinity, rho: 0, sine: 1, tau: 1, zeta: Infinity });
    expect(still([0, -0.3], [1, 0])).toMatchObject({ a: -Infinity, boundaryInput: input.mean });
    expect(still([0, 0], [1, 0]).a).toBe(-Infinity);
    expect(reflectUnit(still([0, 0], [1, 0])).a).toBe(Infinity);
    expect(still([1, 0], [0, 2])).toMatchObject({ b: Infinity, eta: Infinity, rho: 0, tau: 0, deviationT: 0 });
    expect(still([0, 1], [0, 2])).toMatchObject({ a: Infinity, b: Infinity, eta: Infinity });
  });
});
