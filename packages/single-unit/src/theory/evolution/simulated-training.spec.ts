import { Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { inactiveSide } from '../../model/update-rule.js';
import { RunningMoments } from '../../numerics/running-moments.js';
import { whiteUnit } from '../../testing/white-unit.js';
import { cubature } from './cubature.js';
import type { TrainedUnit } from './trained-unit.js';

const TRIALS = 6000;
const STEPS = 60;

/** Trains a unit of white inputs with a bias, update by update as `TrainedUnit` has it. */
function train(unit: TrainedUnit, start: Float64Array, random: Random): Float64Array {
  const { slope, gate } = inactiveSide(unit.rule);
  const size = start.length;
  const weights = Float64Array.from(start);
  const velocity = new Float64Array(size);
  const input = new Float64Array(size).fill(1);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(size);
    for (let sample = 0; sample < unit.batchSize; sample++) {
      let s = 0;
      let t = 0;
      for (let i = 0; i < size; i++) {
        if (i < size - 1) input[i] = random.normal();
        s += weights[i] * input[i];
        t += unit.teacher.weights[i] * input[i];
      }
      const error = Math.max(t, 0) + unit.noise * random.normal() - (s > 0 ? s : slope * s);
      const factor = (error * (s > 0 ? 1 : gate)) / unit.batchSize;
      for (let i = 0; i < size; i++) gradient[i] += factor * input[i];
    }
    for (let i = 0; i < size; i++) {
      const decay = i < size - 1 ? unit.weightDecay * weights[i] : 0;
      velocity[i] = unit.momentum * velocity[i] + gradient[i] - decay;
      weights[i] += unit.stepSize * velocity[i];
    }
  }
  return weights;
}

describe('the cubature beside simulated training, with momentum, weight decay and batches', () => {
  it.each(['backprop', 'lms', 'surrogate', 'leaky'] as const)('has E[w] and Cov[w] of %s', (kind) => {
    const unit = whiteUnit([0.8, -0.6, -0.5], true, {
      rule: { kind, leak: 0.25 },
      noise: 0.4,
      stepSize: 0.008,
      momentum: 0.7,
      weightDecay: 0.15,
      batchSize: 2,
    });
    const start = Float64Array.of(0.2, 0.7, 0.1);
    const [{ mean, covariance }] = cubature(unit, { mean: start }, [STEPS]);
    const means = new RunningMoments(3);
    const products = new RunningMoments(9);
    for (let trial = 0; trial < TRIALS; trial++) {
      const weights = train(unit, start, new Random(11, kind, trial));
      weights.forEach((weight, i) => {
        means.add(i, weight);
        weights.forEach((other, j) => products.add(3 * i + j, (weight - mean[i]) * (other - mean[j])));
      });
    }
    mean.forEach((value, i) => {
      expect(Math.abs(means.mean(i) - value)).toBeLessThan(4.5 * means.standardError(i));
    });
    covariance.forEach((value, k) => {
      expect(Math.abs(products.mean(k) - value)).toBeLessThan(4.5 * products.standardError(k));
    });
  });
});
