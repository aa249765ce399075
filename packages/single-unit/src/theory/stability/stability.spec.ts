import { normalQuantile } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import reference from '../../testing/reference-stability.json' with { type: 'json' };
import { whiteUnit } from '../../testing/white-unit.js';
import { meanSquareOperators } from './mean-square-operators.js';
import { steadyState, whiteExcessError } from './steady-state.js';
import {
  fastestStepSize,
  meanSquareContraction,
  meanSquareStepSizeBound,
  meanStepSizeBound,
  whiteStepSizeBound,
} from './step-size-bounds.js';

/** A teacher along the first axis with Pr[t>0] = p. */
const axisTeacher = (inputs: number, p: number) => [1, ...new Array<number>(inputs - 1).fill(0), normalQuantile(p)];
const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

/** The same unit with a correlation of its inputs that is enough to have no reduction. */
function skewed(unit: ReturnType<typeof whiteUnit>) {
  const covariance = unit.input.covariance.slice();
  // Below what any result shows, but not 0.
  covariance[1] = covariance[unit.input.size] = 1e-14;
  return { ...unit, input: { ...unit.input, covariance } };
}

describe('stability in mean square', () => {
  it.each(reference.whiteBias)('agrees with the reference for $inputs inputs at p = $p', (expected) => {
    const unit = whiteUnit(axisTeacher(expected.inputs, expected.p), true);
    const operators = meanSquareOperators(unit, true);
    expect(relative(meanStepSizeBound(operators), expected.meanBound)).toBeLessThan(1e-8);
    const bound = meanSquareStepSizeBound(operators);
    expect(relative(bound, expected.meanSquareBound)).toBeLessThan(1e-8);
    expect(meanSquareContraction(operators, bound)).toBeCloseTo(1, 10);
    expect(meanSquareContraction(operators, 0.99 * bound)).toBeLessThan(1);
    // The reference took the best of 50 step sizes.
    expect(relative(1 - meanSquareContraction(operators, expected.fastest), expected.rate)).toBeLessThan(1e-8);
    const { stepSize, rate } = fastestStepSize(operators);
    expect(rate).toBeGreaterThan(expected.rate * (1 - 1e-9));
    expect(rate).toBeLessThan(1.005 * expected.rate);
    expect(Math.abs(stepSize - expected.fastest)).toBeLessThan(bound / 50);
  });

  it('is 2/(L + 2) for white inputs without a bias', () => {
    expect(whiteStepSizeBound(4)).toBeCloseTo(reference.whiteFourInputs, 12);
    for (const inputs of [1, 2, 3, 16, 300]) {
      const teacher = Float64Array.from({ length: inputs }, (_, i) => Math.sin(i + 1));
      const operators = meanSquareOperators(whiteUnit(teacher, false), false);
      expect(relative(meanSquareStepSizeBound(operators), whiteStepSizeBound(inputs))).toBeLessThan(1e-10);
    }
  });

  it.each([1, 4])('is the same with all symmetric matrices, for batches of %d', (batchSize) => {
    const unit = whiteUnit([0.7, -0.5, 0.3, 0.9, -0.6], true);
    const [reduced, full] = [unit, skewed(unit)].map((other) => meanSquareOperators(other, true, batchSize));
    expect(full.size).toBe(15);
    expect(reduced.size).toBe(4);
    expect(relative(meanSquareStepSizeBound(reduced), meanSquareStepSizeBound(full))).toBeLessThan(1e-10);
    expect(relative(fastestStepSize(reduced).rate, fastestStepSize(full).rate)).toBeLessThan(1e-8);
    const [few, all] = [reduced, full].map((operators) => steadyState(operators, 0.05, 0.3));
    few.covariance.forEach((value, k) => expect(Math.abs(value - all.covariance[k])).toBeLessThan(1e-14));
    expect(relative(few.excessError, all.excessError)).toBeLessThan(1e-10);
  });

  it('lets larger steps be taken with batches', () => {
    const unit = whiteUnit(axisTeacher(6, 0.2), true);
    const bounds = [1, 8, 1e9].map((batchSize) => meanSquareOperators(unit, true, batchSize));
    expect(meanSquareStepSizeBound(bounds[1])).toBeGreaterThan(3 * meanSquareStepSizeBound(bounds[0]));
    expect(relative(meanSquareStepSizeBound(bounds[2]), meanStepSizeBound(bounds[2]))).toBeLessThan(1e-6);
  });
});

describe('the steady state', () => {
  it.each(reference.steadyStates)(
    'agrees with the reference at μ = $stepSize, σ = $noise, bias: $hasBias',
    (expected) => {
      const { stepSize, noise, hasBias, teacherWeights, simulated } = expected;
      const { covariance, excessError } = steadyState(
        meanSquareOperators(whiteUnit(teacherWeights, hasBias), hasBias),
        stepSize,
        noise,
      );
      const size = teacherWeights.length;
      const trace = teacherWeights.reduce((sum, _, i) => sum + covariance[i * (size + 1)], 0);
      expect(relative(excessError, expected.excessError)).toBeLessThan(1e-9);
      expect(relative(trace, expected.trace)).toBeLessThan(1e-9);
      expect(Math.abs(excessError - simulated.excessError)).toBeLessThan(3 * simulated.standardError);
      if (!hasBias) expect(relative(whiteExcessError(size, stepSize, noise), excessError)).toBeLessThan(1e-12);
    },
  );

  it('is (μσ²/2B) I for small steps, with a misadjustment of (μ/2B) tr A₂', () => {
    const unit = whiteUnit([0.6, -0.8, 0.2], true);
    const operators = meanSquareOperators(unit, true, 2);
    const { covariance, misadjustment } = steadyState(operators, 1e-6, 0.5);
    covariance.forEach((value, k) => expect(value / (1e-6 * 0.0625)).toBeCloseTo(k % 4 === 0 ? 1 : 0, 4));
    // tr A₂ = E[1(s>0) |x|²] = (L − 1 + 1) Φ(a) + E[1 z²] at a = 0.2.
    expect(misadjustment / 1e-6).toBeCloseTo((3 * 0.579259709 - 0.2 * 0.391042694) / 4, 5);
  });

  it('lets more noise through where the gate is open', () => {
    const rule = { kind: 'lms', leak: 0 } as const;
    const [backprop, lms] = [{}, { rule }].map((options) => whiteUnit([1, 0, -1], true, options));
    const [gated, open] = [backprop, lms].map((unit) => steadyState(meanSquareOperators(unit, true), 0.01, 0.1));
    expect(open.excessError).toBeGreaterThan(2 * gated.excessError);
  });

  it('is refused where there is none', () => {
    const operators = meanSquareOperators(whiteUnit([1, 0, 0], false), false);
    expect(() => steadyState(operators, 0.4, 0.1)).toThrow('between 0 and 0.4000; got 0.4');
    expect(() => meanSquareOperators(whiteUnit([1, 0], true, { rule: { kind: 'leaky', leak: 0.1 } }), true)).toThrow(
      'leaky',
    );
  });
});
