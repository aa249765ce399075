import { describe, expect, it } from 'vitest';
import { RULE_KINDS } from '../model/update-rule.js';
import { dot } from '../numerics/matrix.js';
import { normalDensity } from '../numerics/normal.js';
import { largestDifference, REFERENCE_STATES } from '../testing/reference-drift.js';
import { drift } from './drift/drift.js';
import { unitGeometry } from './geometry.js';
import { gradientSecondMoment } from './gradient-second-moment.js';
import { activationProbability, activeCorrelation } from './half-space-moments.js';
import { jacobian } from './jacobian.js';
import { squaredError } from './squared-error.js';

const largest = (values: Float64Array) => values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);

describe.each(REFERENCE_STATES)('$id ($note)', ({ weights, model, drift: drifts, expected }) => {
  const backprop = model('backprop');
  const geometry = unitGeometry(backprop.input, backprop.teacher.weights, weights);

  it('has the geometry', () => {
    expect(geometry.a).toBeCloseTo(expected.a, 12);
    expect(geometry.b).toBeCloseTo(expected.b, 12);
    expect(geometry.rho).toBeCloseTo(expected.rho, 14);
  });

  it.each(RULE_KINDS)('has the drift of %s to 1e-14 of the weights', (rule) => {
    const scale = Math.sqrt(dot(weights, weights)) + Math.sqrt(dot(backprop.teacher.weights, backprop.teacher.weights));
    expect(largestDifference(drift(model(rule), weights), drifts[rule])).toBeLessThan(1e-14 * scale);
  });

  it('has p and A₂ to a relative 1e-12, also deep in the tail', () => {
    expect(Math.abs(activationProbability(geometry) / expected.p - 1)).toBeLessThan(1e-12);
    expect(largestDifference(activeCorrelation(geometry), expected.a2)).toBeLessThan(1e-12 * largest(expected.a2));
  });

  it('has the second moment of the gradient to a relative 1e-11, and the mean squared error', () => {
    expect(largestDifference(gradientSecondMoment(backprop, weights), expected.q)).toBeLessThan(
      1e-11 * largest(expected.q),
    );
    expect(Math.abs(squaredError(backprop, weights).mse / expected.mse - 1)).toBeLessThan(1e-13);
  });

  it('has the Jacobian', () => {
    expect(largestDifference(jacobian(backprop, weights), expected.jacobian)).toBeLessThan(
      1e-12 * largest(expected.jacobian),
    );
  });

  it('moves a by m₀ · h over the deviation of s, to a relative 1e-10 where the unit is hardly ever active', () => {
    const motion = dot(geometry.boundaryInput, drift(backprop, weights)) / geometry.deviationS;
    const scale = geometry.a < -4 ? normalDensity(geometry.a) * 1e-10 : 1e-13;
    expect(Math.abs(motion - expected.motionOfA)).toBeLessThan(scale);
  });
});

describe('a dying unit', () => {
  it('keeps the relative accuracy of its drift', () => {
    const deep = REFERENCE_STATES.filter(({ expected }) => expected.a < -4);
    expect(deep.length).toBeGreaterThan(0);
    for (const { weights, model, drift: drifts } of deep) {
      const expected = drifts.backprop;
      expect(largestDifference(drift(model('backprop'), weights), expected)).toBeLessThan(1e-10 * largest(expected));
    }
  });
});
