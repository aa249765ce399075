import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addScaled } from '../../numerics/matrix.js';
import { whiteUnit } from '../../testing/white-unit.js';
import { drift } from '../drift/drift.js';
import { squaredError } from '../squared-error.js';
import { planarModel, planarMotion, planarWeights } from './planar-model.js';

const angle = fc.double({ min: 0.01, max: 3.13, noNaN: true });
const size = fc.double({ min: 0.1, max: 3, noNaN: true });

describe('the plane of white inputs', () => {
  it('has the motion of |w| and θ without a bias (Tian 2017)', () => {
    fc.assert(
      fc.property(angle, size, size, (theta, norm, teacherNorm) => {
        const planar = planarModel(whiteUnit([0, -teacherNorm, 0, 0], false), false);
        const motion = planarMotion(planar, { norm, overlap: Math.cos(theta), bias: 0 });
        const [sine, cosine] = [Math.sin(theta), Math.cos(theta)];
        const radial = -norm / 2 + (teacherNorm / (2 * Math.PI)) * (sine + (Math.PI - theta) * cosine);
        expect(motion.norm).toBeCloseTo(radial, 12);
        const turning = (-(teacherNorm / norm) * (Math.PI - theta) * sine) / (2 * Math.PI);
        expect(Math.abs(motion.angle - turning)).toBeLessThan(1e-11 * (1 + Math.abs(turning)));
      }),
    );
  });

  it('has the error and the motion of all weights', () => {
    fc.assert(
      fc.property(angle, size, fc.double({ min: -2, max: 2, noNaN: true }), (theta, norm, bias) => {
        const unit = whiteUnit([0.6, 0, -0.8, 0, -0.5], true);
        const start = { norm, overlap: Math.cos(theta), bias };
        const planar = planarModel(unit, true);
        // Across v along the second input.
        const weights = Float64Array.of(0.6, 0, -0.8, 0, 0).map((value) => norm * Math.cos(theta) * value);
        weights[1] = norm * Math.sin(theta);
        weights[4] = bias;
        expect(squaredError(planar, planarWeights(start)).mse).toBeCloseTo(squaredError(unit, weights).mse, 11);

        const step = 1e-6;
        const moved = addScaled(weights.slice(), step, drift(unit, weights));
        const motion = planarMotion(planar, start);
        const movedNorm = Math.hypot(...moved.subarray(0, 4));
        expect((movedNorm - norm) / step).toBeCloseTo(motion.norm, 4);
        const cosine = (0.6 * moved[0] - 0.8 * moved[2]) / movedNorm;
        expect((cosine - Math.cos(theta)) / step).toBeCloseTo(-Math.sin(theta) * motion.angle, 3);
        expect((moved[4] - bias) / step).toBeCloseTo(motion.bias, 8);
      }),
      { numRuns: 50 },
    );
  });
});
