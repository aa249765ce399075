import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { TeacherKind } from '../model/teacher.js';
import type { RuleKind } from '../model/update-rule.js';
import { largestDifference } from '../testing/reference-drift.js';
import { randomUnit, RULES_AND_TEACHERS } from '../testing/random-unit.js';
import { drift } from './drift/drift.js';
import { unitGeometry } from './geometry.js';
import { activeCorrelation } from './half-space-moments.js';
import { jacobian } from './jacobian.js';
import { squaredError } from './squared-error.js';
import type { TheoryModel } from './theory-model.js';

const STEP = 1e-5;

/** Central differences of a function of the weights, one row per weight. */
function differences(weights: Float64Array, f: (weights: Float64Array) => Float64Array): Float64Array {
  const rows = Array.from(weights, (_, i) => {
    const shifted = (step: number) => f(weights.map((value, j) => (j === i ? value + step : value)));
    const [above, below] = [shifted(STEP), shifted(-STEP)];
    return Array.from(above, (value, j) => (value - below[j]) / (2 * STEP));
  });
  return Float64Array.from(rows.flat());
}

/** Higher derivatives grow as the deviation of s falls. (At w = v a ReLU teacher's second derivative jumps.) */
const tame = (model: TheoryModel, weights: Float64Array) =>
  unitGeometry(model.input, model.teacher.weights, weights).deviationS > 0.3;

const statesOf = (rule: RuleKind, teacher: TeacherKind) =>
  fc
    .tuple(fc.nat(), fc.constantFrom(0, 0.5, 0.8))
    .map(([seed, likeTeacher]) => randomUnit(seed, likeTeacher))
    .map(({ model, weights }) => ({ model: model(rule, teacher), weights }))
    .filter(({ model, weights }) => tame(model, weights));

describe.each(RULES_AND_TEACHERS)('$rule with a $teacher teacher', ({ rule, teacher }) => {
  it('has the slope of the drift as its Jacobian', () => {
    fc.assert(
      fc.property(statesOf(rule, teacher), ({ model, weights }) => {
        const expected = differences(weights, (w) => drift(model, w));
        const scale = 1 + Math.max(...expected.map(Math.abs));
        expect(largestDifference(jacobian(model, weights), expected)).toBeLessThan(1e-8 * scale);
      }),
      { numRuns: 30 },
    );
  });
});

describe.each(RULES_AND_TEACHERS.filter(({ rule }) => rule === 'backprop' || rule === 'leaky'))(
  '$rule with a $teacher teacher',
  ({ rule, teacher }) => {
    it('descends the gradient of half the mean squared error', () => {
      fc.assert(
        fc.property(statesOf(rule, teacher), ({ model, weights }) => {
          const expected = differences(weights, (w) => Float64Array.of(-squaredError(model, w).mse / 2));
          const scale = 1 + Math.max(...expected.map(Math.abs));
          expect(largestDifference(drift(model, weights), expected)).toBeLessThan(1e-8 * scale);
        }),
        { numRuns: 30 },
      );
    });
  },
);

describe('jacobian', () => {
  it('is −A₂(v) at the teacher, for backprop and lms', () => {
    const { model } = randomUnit(5);
    for (const rule of ['backprop', 'lms'] as const) {
      for (const teacher of ['relu', 'linear'] as const) {
        const taught = model(rule, teacher);
        const { weights } = taught.teacher;
        const expected = activeCorrelation(unitGeometry(taught.input, weights, weights)).map((value) => -value);
        expect(largestDifference(jacobian(taught, weights), expected)).toBeLessThan(1e-15);
      }
    }
  });

  it('is NaN where the pre-activation is always 0, and known where it is another constant', () => {
    const model: TheoryModel = {
      input: { size: 2, mean: Float64Array.of(0.5, 1), covariance: Float64Array.of(1, 0, 0, 0) },
      teacher: { kind: 'relu', weights: Float64Array.of(1, -0.2) },
      rule: { kind: 'backprop', leak: 0 },
      noise: 0,
    };
    expect(jacobian(model, Float64Array.of(0, 0))).toEqual(new Float64Array(4).fill(NaN));
    expect(largestDifference(jacobian(model, Float64Array.of(0, -1)), [0, 0, 0, 0])).toBe(0);
    expect(largestDifference(jacobian(model, Float64Array.of(0, 1)), [-1.25, -0.5, -0.5, -1])).toBe(0);
  });
});
