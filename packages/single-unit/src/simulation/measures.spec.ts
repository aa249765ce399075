import { Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { activationProbability, overlap, weightNorm } from './measures.js';
import { SingleUnit } from './single-unit.js';
import { teacher } from './teacher.js';
import { updateRule } from './update-rules.js';

function unit(weights: readonly number[], bias = 0, inputMean = 0): SingleUnit {
  const v = Float64Array.from(weights, (_, i) => (i === 0 ? 2 : 0));
  return new SingleUnit(
    {
      teacher: teacher('relu', v, 0),
      rule: updateRule('backprop', 0),
      hasBias: true,
      inputMean,
      stepSize: 0.1,
      noise: 0,
    },
    (initial) => {
      initial.set(weights);
      return bias;
    },
    new Random(1),
  );
}

describe('what is measured of a unit', () => {
  it('has the exact probability of firing', () => {
    expect(activationProbability(unit([3, 4]))).toBe(0.5);
    expect(activationProbability(unit([3, 4], -5))).toBeCloseTo(0.158655253931457, 14);
    expect(activationProbability(unit([3, -4], 0, 1))).toBeCloseTo(0.420740290560897, 14);
    expect(activationProbability(unit([3, 4], -185)) / 5.72557122252457682e-300).toBeCloseTo(1, 12);
  });

  it('has the probability that it shows on drawn inputs', () => {
    const measured = unit([0.5, -0.3, 0.8], 0.2, -0.4);
    const random = new Random(5);
    const samples = 100_000;
    let fired = 0;
    for (let sample = 0; sample < samples; sample++) {
      const s = measured.weights.reduce((sum, weight) => sum + weight * (random.normal() - 0.4), 0.2);
      if (s > 0) fired++;
    }
    const probability = activationProbability(measured);
    const deviation = Math.sqrt((probability * (1 - probability)) / samples);
    expect(Math.abs(fired / samples - probability)).toBeLessThan(4.5 * deviation);
  });

  it('goes by the bias alone where there are no weights', () => {
    expect([-1, 0, 1].map((bias) => activationProbability(unit([0, 0], bias)))).toEqual([0, 0, 1]);
  });

  it('has the length of the weights and their angle to the teacher', () => {
    expect(weightNorm(unit([3, 4], 12))).toBe(5);
    expect(overlap(unit([3, 4]))).toBeCloseTo(0.6, 15);
    expect(overlap(unit([0, 0]))).toBe(0);
  });
});
