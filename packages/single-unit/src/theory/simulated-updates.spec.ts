import { Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { randomUnit, RULES_AND_TEACHERS } from '../testing/random-unit.js';
import { updateDeviation } from '../testing/simulated-update.js';
import { drift } from './drift/drift.js';
import { gradientSecondMoment } from './gradient-second-moment.js';
import { squaredError } from './squared-error.js';

// Seeded, so that the outcome is always the same: these bounds are passed by chance 99 times out of 100.
describe.each(RULES_AND_TEACHERS)('$rule with a $teacher teacher', ({ rule, teacher }) => {
  it.each([1, 2, 3, 4])('has the mean and second moment of simulated updates and errors (unit %d)', (seed) => {
    const unit = randomUnit(seed, seed === 4 ? 0.8 : 0);
    const model = unit.model(rule, teacher);
    const exact = {
      drift: drift(model, unit.weights),
      q: gradientSecondMoment(model, unit.weights),
      mse: squaredError(model, unit.weights).mse,
    };
    expect(updateDeviation(unit, model, exact, 60_000, new Random(seed, rule, teacher))).toBeLessThan(4.5);
  });
});

describe('the comparison with simulated updates', () => {
  it('sees an error of a tenth in the second moment', () => {
    const unit = randomUnit(1);
    const model = unit.model('leaky', 'relu');
    const wrong = {
      drift: drift(model, unit.weights),
      q: gradientSecondMoment(model, unit.weights).map((value) => 1.1 * value),
      mse: squaredError(model, unit.weights).mse,
    };
    expect(updateDeviation(unit, model, wrong, 60_000, new Random(1))).toBeGreaterThan(4.5);
  });
});
