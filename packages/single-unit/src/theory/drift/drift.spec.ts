import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bivariateNormalCdf } from '../../numerics/bivariate-normal.js';
import { addScaled, dot, multiply, scaled } from '../../numerics/matrix.js';
import { normalCdf, normalDensity } from '../../numerics/normal.js';
import { rectifiedMean, reluMean } from '../../numerics/rectified-mean.js';
import { randomUnit, RULES_AND_TEACHERS } from '../../testing/random-unit.js';
import { largestDifference } from '../../testing/reference-drift.js';
import { unitGeometry } from '../geometry.js';
import type { TheoryModel } from '../theory-model.js';
import { drift } from './drift.js';

const length = (x: Float64Array) => Math.sqrt(dot(x, x));

function whiteModel(n: number, teacherWeights: Float64Array, variance: number): TheoryModel {
  const covariance = Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? variance : 0));
  return {
    input: { size: n, mean: new Float64Array(n), covariance },
    teacher: { kind: 'relu', weights: teacherWeights },
    rule: { kind: 'backprop', leak: 0 },
    noise: 0,
  };
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

  it('is Tian (2017)’s population gradient for white input, times the variance', () => {
    const vector = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(vector, vector, fc.double({ min: 0.1, max: 10, noNaN: true }), (w, v, variance) => {
        const [weights, teacher] = [Float64Array.from(w), Float64Array.from(v)];
        fc.pre(length(weights) > 1e-3 && length(teacher) > 1e-3);
        const [unit, direction] = [scaled(weights, 1 / length(weights)), scaled(teacher, 1 / length(teacher))];
        // Kahan's angle, which is accurate at any size.
        const between =
          2 * Math.atan2(length(addScaled(unit.slice(), -1, direction)), length(addScaled(unit.slice(), 1, direction)));
        const expected = scaled(weights, -0.5);
        addScaled(expected, (length(teacher) * Math.sin(between)) / (2 * Math.PI), unit);
        addScaled(expected, (Math.PI - between) / (2 * Math.PI), teacher);
        const actual = scaled(drift(whiteModel(3, teacher, variance), weights), 1 / variance);
        expect(largestDifference(actual, expected)).toBeLessThan(1e-14);
      }),
    );
  });
});

describe.each(RULES_AND_TEACHERS)('the drift of $rule under a $teacher teacher', ({ rule, teacher }) => {
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
