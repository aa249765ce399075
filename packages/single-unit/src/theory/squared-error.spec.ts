import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot, multiply } from '../numerics/matrix.js';
import { randomUnit } from '../testing/random-unit.js';
import { unitGeometry } from './geometry.js';
import { activeCorrelation } from './half-space-moments.js';
import { squaredError } from './squared-error.js';
import type { TheoryModel } from './theory-model.js';

/** White input of two components. */
const whiteOf = (variance: number): TheoryModel => ({
  input: { size: 2, mean: new Float64Array(2), covariance: Float64Array.of(variance, 0, 0, variance) },
  teacher: { kind: 'relu', weights: Float64Array.of(1, 0) },
  rule: { kind: 'backprop', leak: 0 },
  noise: 0.5,
});
const white = whiteOf(1);

describe('squaredError', () => {
  it('is the arc-cosine kernel for white input, times the variance (Cho and Saul 2009)', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: Math.PI, noNaN: true }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (theta, norm, variance) => {
          const overlap = (norm * (Math.sin(theta) + (Math.PI - theta) * Math.cos(theta))) / (2 * Math.PI);
          const excess = variance * ((1 + norm ** 2) / 2 - 2 * overlap);
          const actual = squaredError(
            whiteOf(variance),
            Float64Array.of(norm * Math.cos(theta), norm * Math.sin(theta)),
          );
          expect(Math.abs(actual.excess - excess)).toBeLessThan(1e-14 * variance * (1 + norm ** 2));
          expect(actual.mse - actual.excess).toBeCloseTo(0.25, 14);
        },
      ),
    );
  });

  it('keeps the digits of the excess as w nears v', () => {
    for (const theta of [1e-2, 1e-4, 1e-6, 1e-8]) {
      // 2 sin²(θ/2) − (sin θ − θ cos θ)/π, by series.
      const excess = 2 * Math.sin(theta / 2) ** 2 - (theta ** 3 / 3 - theta ** 5 / 30 + theta ** 7 / 840) / Math.PI;
      const actual = squaredError(white, Float64Array.of(1 - 2 * Math.sin(theta / 2) ** 2, Math.sin(theta)));
      expect(Math.abs(actual.excess / excess - 1)).toBeLessThan(1e-9);
    }
    expect(squaredError(white, white.teacher.weights).excess).toBe(0);
  });

  it('is (w − v)ᵀA₂(v)(w − v) near the teacher', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { model, weights } = randomUnit(seed, 1 - 1e-6);
        const near = model('backprop', 'relu');
        const v = near.teacher.weights;
        const geometry = unitGeometry(near.input, v, v);
        fc.pre(Math.abs(geometry.a) < 4 && geometry.deviationS > 0.3);
        const difference = weights.map((value, i) => value - v[i]);
        const expected = dot(difference, multiply(activeCorrelation(geometry), difference));
        expect(Math.abs(squaredError(near, weights).excess / expected - 1)).toBeLessThan(1e-3);
      }),
    );
  });

  it('counts all of the signal where the unit never fires', () => {
    const model: TheoryModel = {
      input: { size: 2, mean: Float64Array.of(0, 1), covariance: Float64Array.of(1, 0, 0, 0) },
      teacher: { kind: 'linear', weights: Float64Array.of(2, 1) },
      rule: { kind: 'lms', leak: 0 },
      noise: 0,
    };
    for (const bias of [0, -1]) expect(squaredError(model, Float64Array.of(0, bias)).mse).toBe(5);
    expect(squaredError(model, Float64Array.of(0, 1)).mse).toBe(4);
    expect(squaredError(model, Float64Array.of(1e-3, -1)).mse).toBeCloseTo(5, 13);
  });
});
