import { Random } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addScaled, dot, multiply } from '../../numerics/matrix.js';
import { normalCdf, normalDensity } from '../../numerics/normal.js';
import { rectifiedMean } from '../../numerics/rectified-mean.js';
import { REFERENCE_STATES } from '../../testing/reference-drift.js';
import reference from '../../testing/reference-deep-dead.json' with { type: 'json' };
import { whiteInput, whiteUnit } from '../../testing/white-unit.js';
import { drift } from '../drift/drift.js';
import { unitGeometry } from '../geometry.js';
import { activationMotion, deepDeadMotion } from './activation-motion.js';

const seed = fc.integer({ min: 0, max: 1e6 });
const normals = (size: number, ...path: (number | string)[]) => {
  const random = new Random(...path);
  return Float64Array.from({ length: size }, () => random.normal());
};

describe('activationMotion', () => {
  it.each(REFERENCE_STATES)('agrees with the reference on $id', ({ model, weights, expected }) => {
    const { threshold } = activationMotion(model('backprop'), weights);
    expect(Math.abs(threshold - expected.motionOfA)).toBeLessThan(1e-11 + 1e-9 * Math.abs(expected.motionOfA));
  });

  it('is what a short step along the drift does to a, for any rule', () => {
    fc.assert(
      fc.property(seed, fc.constantFrom('backprop', 'lms', 'surrogate', 'leaky'), (path, kind) => {
        const unit = whiteUnit(normals(4, path, 'teacher'), true, { rule: { kind, leak: 0.3 } });
        const weights = normals(4, path, 'weights');
        const gradient = drift(unit, weights);
        const [ahead, behind] = [1e-5, -1e-5].map((step) =>
          unitGeometry(unit.input, unit.teacher.weights, addScaled(weights.slice(), step, gradient)),
        );
        const { threshold, activation } = activationMotion(unit, weights);
        expect(Math.abs((ahead.a - behind.a) / 2e-5 - threshold)).toBeLessThan(1e-6 * (1 + Math.abs(threshold)));
        const slope = (normalCdf(ahead.a) - normalCdf(behind.a)) / 2e-5;
        expect(Math.abs(slope - activation)).toBeLessThan(1e-6 * (1 + Math.abs(activation)));
      }),
      { numRuns: 50 },
    );
  });

  it('without a signal is −φ(a) for white inputs and a bias, whatever the weights', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 9 }), (path, inputs) => {
        const unit = whiteUnit(new Float64Array(inputs + 1), true);
        const weights = normals(inputs + 1, path);
        const model = { ...unit, teacher: { ...unit.teacher, kind: 'zero' } } as const;
        const { a } = unitGeometry(unit.input, unit.teacher.weights, weights);
        const { threshold } = activationMotion(model, weights);
        expect(Math.abs(threshold + normalDensity(a))).toBeLessThan(1e-13 * (1 + a * a));
      }),
    );
  });

  it('without a signal is −(|m|² − a²) κ(a) for inputs N(m, I) without a bias', () => {
    fc.assert(
      fc.property(seed, (path) => {
        const unit = whiteUnit(new Float64Array(3), false);
        const input = { ...whiteInput(3, false), mean: normals(3, path, 'mean') };
        const weights = normals(3, path, 'weights');
        const { a } = unitGeometry(input, unit.teacher.weights, weights);
        const { threshold } = activationMotion({ ...unit, input, teacher: { ...unit.teacher, kind: 'zero' } }, weights);
        expect(threshold).toBeCloseTo(-(dot(input.mean, input.mean) - a * a) * rectifiedMean(a), 12);
      }),
    );
  });

  it('without a signal is −φ(a) − (1 − wᵀR²w/wᵀRw) a Φ(a) for zero-mean inputs of any covariance and a bias', () => {
    const input = {
      size: 3,
      mean: Float64Array.of(0, 0, 1),
      covariance: Float64Array.of(2, 0.7, 0, 0.7, 0.6, 0, 0, 0, 0),
    };
    const unit = whiteUnit([0, 0, 0], true, { input });
    fc.assert(
      fc.property(seed, (path) => {
        const weights = normals(3, path);
        const { a } = unitGeometry(input, unit.teacher.weights, weights);
        const once = multiply(input.covariance, weights);
        const ratio = dot(once, once) / dot(weights, once);
        const { threshold } = activationMotion({ ...unit, teacher: { ...unit.teacher, kind: 'zero' } }, weights);
        const expected = -normalDensity(a) - (1 - ratio) * a * normalCdf(a);
        expect(Math.abs(threshold - expected)).toBeLessThan(1e-12 * (1 + Math.abs(a)));
      }),
    );
  });
});

describe('a unit that hardly ever fires', () => {
  it.each(reference.states)(
    'moves as the reference does at a = $a, ρ = $rho',
    ({ a, norm, rho, bias, motion, leading }) => {
      const unit = whiteUnit([1, 0, bias], true);
      const weights = Float64Array.of(norm * rho, norm * Math.sqrt(1 - rho * rho), a * norm);
      expect(Math.abs(activationMotion(unit, weights).threshold / motion - 1)).toBeLessThan(1e-9);
      const asymptotic = deepDeadMotion(unit, weights);
      expect(Math.abs(asymptotic.threshold / leading - 1)).toBeLessThan(1e-9);
      expect(Math.abs(asymptotic.threshold / motion - 1)).toBeLessThan(0.07);
      expect(asymptotic.boundaryResponse > asymptotic.meanActiveOutput).toBe(motion > 0);
    },
  );

  it('has a teacher whose response may be negative, where it is linear, or none', () => {
    const weights = Float64Array.of(-0.6, 0.8, -5);
    const unit = whiteUnit([1, 0, -1], true);
    const linear = deepDeadMotion({ ...unit, teacher: { ...unit.teacher, kind: 'linear' } }, weights);
    expect(linear.boundaryResponse).toBeCloseTo(-1 - 0.6 * 5, 12);
    const zero = deepDeadMotion({ ...unit, teacher: { ...unit.teacher, kind: 'zero' } }, weights);
    expect(zero.threshold).toBe(-normalDensity(-5));
    const none = { ...unit, teacher: { ...unit.teacher, kind: 'none' } } as const;
    expect(deepDeadMotion(none, weights)).toMatchObject({ threshold: 0, boundaryResponse: 0 });
    expect(activationMotion(none, weights)).toEqual({ threshold: 0, activation: 0 });
  });
});
