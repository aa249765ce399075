import { describe, expect, it } from 'vitest';
import { normalDensity } from '../../numerics/normal.js';
import reference from '../../testing/reference-momentum.json' with { type: 'json' };
import { referenceTrajectory } from '../../testing/reference-trajectories.js';
import { whiteUnit } from '../../testing/white-unit.js';
import { cubature } from './cubature.js';
import { linearNoise } from './linear-noise.js';
import { meanField } from './mean-field.js';

describe('momentum and weight decay', () => {
  it.each(reference.cases)(
    'agree with simulation at β = $momentum, λ = $weightDecay',
    ({ momentum, weightDecay, points }) => {
      const { unit, start } = referenceTrajectory('S6');
      const trained = {
        ...unit,
        stepSize: unit.stepSize * (1 - momentum),
        momentum,
        // All weights decay, and outside of the velocity, which would make 1/(1 − β) as much of it.
        hasBias: false,
        weightDecay: weightDecay * (1 - momentum),
      };
      const evolution = cubature(
        trained,
        { mean: start },
        points.map(({ step }) => step),
      );
      points.forEach(({ activation, standardError }, i) => {
        expect(Math.abs(evolution[i].activation - activation)).toBeLessThan(3 * standardError);
      });
    },
  );

  it('moves slow modes as a step size of μ/(1 − β) does', () => {
    const { unit, start } = referenceTrajectory('S5');
    const momentum = 0.8;
    const stepSize = 1e-4;
    const [slow] = meanField({ ...unit, stepSize: stepSize * (1 - momentum), momentum }, start, [1e4]);
    const [plain] = meanField({ ...unit, stepSize }, start, [1e4]);
    slow.mean.forEach((weight, i) => expect(Math.abs(weight - plain.mean[i])).toBeLessThan(3 * stepSize));
  });

  it('let a unit without a signal fade as da/dk = −μφ(a) + μλa where the bias does not decay', () => {
    const teacher = { kind: 'zero', weights: new Float64Array(4) } as const;
    const unit = whiteUnit(teacher.weights, true, { teacher, weightDecay: 0.7, stepSize: 1e-7 });
    for (const a of [-3, -1, 0, 0.5]) {
      const [{ threshold }] = meanField(unit, Float64Array.of(1.2, -1.6, 0, 2 * a), [1]);
      expect((threshold.mean - a) / unit.stepSize).toBeCloseTo(-normalDensity(a) + unit.weightDecay * a, 5);
    }
  });

  it('has the stationary covariance of a linear recursion near the optimum', () => {
    // One weight, no bias: w' = w + μV', V' = βV − (w − v)/2 + noise of variance σ²/2. Its stationary variance is known in closed
    // form for a second-order autoregression (Box & Jenkins 1970, section 3.2).
    const [momentum, stepSize, noise] = [0.6, 0.001, 0.2];
    const unit = whiteUnit([1], false, { momentum, stepSize, noise });
    const [first, second] = [1 + momentum - stepSize / 2, -momentum];
    const variance =
      (((1 - second) / (1 + second)) * (stepSize ** 2 * noise ** 2)) / 2 / ((1 - second) ** 2 - first ** 2);
    const [{ covariance }] = linearNoise(unit, { mean: Float64Array.of(1) }, [30000]);
    expect(covariance[0] / variance).toBeCloseTo(1, 6);
    const [{ covariance: ofCubature }] = cubature(unit, { mean: Float64Array.of(1) }, [30000]);
    expect(ofCubature[0] / variance).toBeCloseTo(1, 2);
  });
});
