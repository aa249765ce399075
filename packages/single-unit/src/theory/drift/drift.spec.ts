import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bivariateNormalCdf } from '../../numerics/bivariate-normal.js';
import { addScaled, dot, multiply, scaled } from '../../numerics/matrix.js';
import { normalCdf, normalDensity } from '../../numerics/normal.js';
import { rectifiedMean, reluMean } from '../../numerics/rectified-mean.js';
import { randomUnit, RULES_AND_TEACHERS } from '../../testing/random-unit.js';
import { largestDifference } from '../../testing/reference-drift.js';
import { unitGeometry } from '../geometry.js';
import { activeCorrelation } from '../half-space-moments.js';
import type { TheoryModel } from '../theory-model.js';
import { drift } from './drift.js';

const length = (x: Float64Array) => Math.sqrt(dot(x, x));
const white = (n: number) => Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0));

function whiteModel(n: number, teacherWeights: Float64Array): TheoryModel {
  return {
    input: { size: n, mean: new Float64Array(n), covariance: white(n) },
    teacher: { kind: 'relu', weights: teacherWeights },
    rule: { kind: 'backprop', leak: 0 },
    noise: 0,
  };
}

/** A rotation in the plane of two axes, applied to a vector. */
function rotate(x: Float64Array, first: number, second: number, angle: number): Float64Array {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const rotated = x.slice();
  rotated[first] = cos * x[first] - sin * x[second];
  rotated[second] = sin * x[first] + cos * x[second];
  return rotated;
}

/** Rows, then columns. */
function rotateMatrix(matrix: Float64Array, n: number, angle: number): Float64Array {
  const rotateRows = (m: Float64Array) =>
    Float64Array.from(
      Array.from({ length: n }, (_, i) => [...rotate(m.slice(i * n, (i + 1) * n), 0, 1, angle)]).flat(),
    );
  const transpose = (m: Float64Array) => m.map((_, k) => m[(k % n) * n + Math.floor(k / n)]);
  return transpose(rotateRows(transpose(rotateRows(matrix))));
}

describe('the drift of backprop under a ReLU teacher', () => {
  it('is its closed form by Φ₂', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { model, weights } = randomUnit(seed);
        const taught = model('backprop', 'relu');
        const v = taught.teacher.weights;
        const g = unitGeometry(taught.input, v, weights);
        fc.pre(Math.abs(g.a) < 4);
        const both = bivariateNormalCdf(g.a, g.b, g.rho, g.sine);
        const fromBoundaries = normalDensity(g.b) * normalCdf(g.zeta) + g.rho * normalDensity(g.a) * normalCdf(g.eta);
        const signal = g.meanT * both + g.deviationT * fromBoundaries;
        const alongR = normalDensity(g.a) * reluMean(g.boundaryMeanT, g.tau) - g.deviationS * normalCdf(g.a);
        const expected = scaled(taught.input.mean, signal - g.deviationS * rectifiedMean(g.a));
        addScaled(expected, alongR, g.r);
        addScaled(expected, both, multiply(taught.input.covariance, v));
        expect(largestDifference(drift(taught, weights), expected)).toBeLessThan(
          1e-12 * (1 + length(v) + length(weights)),
        );
      }),
    );
  });

  it('is Tian (2017)’s population gradient for white input', () => {
    const vector = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(vector, vector, (w, v) => {
        const [weights, teacher] = [Float64Array.from(w), Float64Array.from(v)];
        fc.pre(length(weights) > 1e-3 && length(teacher) > 1e-3);
        const [unit, direction] = [scaled(weights, 1 / length(weights)), scaled(teacher, 1 / length(teacher))];
        // Kahan's angle, which is accurate at any size.
        const between =
          2 * Math.atan2(length(addScaled(unit.slice(), -1, direction)), length(addScaled(unit.slice(), 1, direction)));
        const expected = scaled(weights, -0.5);
        addScaled(expected, (length(teacher) * Math.sin(between)) / (2 * Math.PI), unit);
        addScaled(expected, (Math.PI - between) / (2 * Math.PI), teacher);
        expect(largestDifference(drift(whiteModel(3, teacher), weights), expected)).toBeLessThan(1e-14);
      }),
    );
  });

  it('has its limits: −A₂(w − v) as the angle vanishes, no signal as it nears π', () => {
    const { model, weights } = randomUnit(7);
    const taught = model('backprop', 'relu');
    const v = taught.teacher.weights;
    for (const distance of [1e-4, 1e-8, 1e-12]) {
      const near = addScaled(v.slice(), distance, weights);
      const correlation = activeCorrelation(unitGeometry(taught.input, v, v));
      const expected = multiply(correlation, addScaled(v.slice(), -1, near));
      const error = largestDifference(drift(taught, near), expected) / length(expected);
      expect(error).toBeLessThan(100 * distance + 1e-15);
    }
    expect(length(drift(taught, v))).toBe(0);
    const opposite = scaled(v, -2);
    const still: TheoryModel = { ...taught, input: { ...taught.input, mean: new Float64Array(taught.input.size) } };
    const unsignalled = drift({ ...still, teacher: { kind: 'zero', weights: v } }, opposite);
    expect(largestDifference(drift(still, opposite), unsignalled)).toBeLessThan(1e-15);
  });
});

describe.each(RULES_AND_TEACHERS)('the drift of $rule under a $teacher teacher', ({ rule, teacher }) => {
  it('turns with the input, the teacher and the unit', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: -3, max: 3, noNaN: true }), (seed, angle) => {
        const { model, weights } = randomUnit(seed);
        const taught = model(rule, teacher);
        const { size, mean, covariance } = taught.input;
        const turned: TheoryModel = {
          ...taught,
          input: { size, mean: rotate(mean, 0, 1, angle), covariance: rotateMatrix(covariance, size, angle) },
          teacher: { kind: teacher, weights: rotate(taught.teacher.weights, 0, 1, angle) },
        };
        const expected = rotate(drift(taught, weights), 0, 1, angle);
        const actual = drift(turned, rotate(weights, 0, 1, angle));
        expect(largestDifference(actual, expected)).toBeLessThan(1e-10 * (1 + length(expected)));
      }),
      { numRuns: 30 },
    );
  });

  it('has the drift of a constant unit where the pre-activation does not vary', () => {
    const taught: TheoryModel = {
      input: { size: 2, mean: Float64Array.of(0.5, 1), covariance: Float64Array.of(1, 0, 0, 0) },
      teacher: { kind: teacher, weights: Float64Array.of(1, -0.2) },
      rule: { kind: rule, leak: 0.2 },
      noise: 0.1,
    };
    // t ~ N(0.3, 1), Cov(x₁, t) = 1.
    const signal = { relu: rectifiedMean(0.3), linear: 0.3, zero: 0, none: 0 }[teacher];
    const covariance = { relu: normalCdf(0.3), linear: 1, zero: 0, none: 0 }[teacher];
    const gate = { backprop: 0, lms: 1, surrogate: 0.2, leaky: 0.2 }[rule];
    const expected = (factor: number, output: number) => {
      const error = teacher === 'none' ? 0 : signal - output;
      return [factor * (0.5 * error + covariance), factor * error];
    };
    const leak = rule === 'leaky' ? 0.2 : 0;
    expect(largestDifference(drift(taught, Float64Array.of(0, 0)), expected(gate, 0))).toBeLessThan(1e-15);
    expect(largestDifference(drift(taught, Float64Array.of(0, 0.7)), expected(1, 0.7))).toBeLessThan(1e-15);
    expect(largestDifference(drift(taught, Float64Array.of(0, -0.7)), expected(gate, -0.7 * leak))).toBeLessThan(1e-15);
  });
});
