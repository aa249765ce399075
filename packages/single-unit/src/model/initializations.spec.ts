import { Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { RunningMoments } from '../numerics/running-moments.js';
import {
  initialization,
  initializationName,
  initializationProblem,
  initializationSchema,
  type InitializationOptions,
} from './initializations.js';

const INPUTS = 5;
const DRAWS = 4000;
const axis = Float64Array.from({ length: INPUTS }, (_, i) => (i === 0 ? 1 : 0));

function draws(options: InitializationOptions, hasBias = true) {
  const initialize = initialization(options, axis, hasBias);
  const random = new Random(11, options.kind);
  return Array.from({ length: DRAWS }, () => {
    const weights = new Float64Array(INPUTS);
    const bias = initialize(weights, random);
    return { weights, bias };
  });
}

describe('initialization', () => {
  it.each<[InitializationOptions, number, number]>([
    [{ kind: 'he' }, 2 / INPUTS, 0],
    [{ kind: 'xavier' }, 2 / (INPUTS + 1), 0],
    [{ kind: 'lecun' }, 1 / INPUTS, 0],
    [{ kind: 'gaussian', deviation: 0.3 }, 0.09, 0],
    [{ kind: 'positive-bias', bias: 0.7 }, 2 / INPUTS, 0.7],
  ])('%j draws zero-mean weights of its variance', (options, variance, bias) => {
    const moments = new RunningMoments(1);
    for (const drawn of draws(options)) {
      drawn.weights.forEach((weight) => moments.add(0, weight));
      expect(drawn.bias).toBe(bias);
    }
    expect(Math.abs(moments.mean(0))).toBeLessThan(4.5 * moments.standardError(0));
    // The variance of n normal values has a relative standard error of √(2/n).
    expect(Math.abs(moments.variance(0) / variance - 1)).toBeLessThan(4.5 * Math.sqrt(2 / (DRAWS * INPUTS)));
  });

  it.each([true, false])('randomized-asymmetric gives one random entry to Beta(2, 1); with a bias: %s', (hasBias) => {
    // Mean 2/3, at one entry in n; the others have mean 0.
    const entries = hasBias ? INPUTS + 1 : INPUTS;
    const moments = new RunningMoments(entries);
    for (const { weights, bias } of draws({ kind: 'randomized-asymmetric' }, hasBias)) {
      weights.forEach((weight, i) => moments.add(i, weight));
      if (hasBias) moments.add(INPUTS, bias);
      else expect(bias).toBe(0);
    }
    const second = 0.5 / entries + ((0.6007 ** 2 / INPUTS) * (entries - 1)) / entries;
    const mean = 2 / 3 / entries;
    for (let i = 0; i < entries; i++) {
      expect(Math.abs(moments.mean(i) - mean)).toBeLessThan(4.5 * moments.standardError(i));
      expect(moments.variance(i)).toBeCloseTo(second - mean ** 2, 1);
    }
  });

  it('fixed has the length, the angle and the bias asked for, in any direction', () => {
    for (const direction of [[1, 0, 0], [0, 0.6, -0.8], [1, 1, 1].map((x) => x / Math.sqrt(3)), [-1]]) {
      const inputs = direction.length;
      const overlap = inputs === 1 ? -1 : -0.3;
      const weights = new Float64Array(inputs);
      const options = { kind: 'fixed', norm: 2, overlap, bias: -0.5 } as const;
      expect(initialization(options, Float64Array.from(direction), true)(weights, new Random(1))).toBe(-0.5);
      expect(Math.hypot(...weights)).toBeCloseTo(2, 14);
      expect(weights.reduce((sum, weight, i) => sum + weight * direction[i], 0)).toBeCloseTo(2 * overlap, 14);
    }
  });

  it('weights are taken as they are', () => {
    const weights = new Float64Array(2);
    const options = { kind: 'weights', weights: [0.5, -2], bias: 0.25 } as const;
    expect(initialization({ ...options, weights: [...options.weights] }, axis, true)(weights, new Random(1))).toBe(
      0.25,
    );
    expect([...weights]).toEqual([0.5, -2]);
  });

  it('says why a unit cannot start so', () => {
    const fixed = { kind: 'fixed', norm: 1, overlap: 0, bias: 0 } as const;
    const unit = { inputs: 2, hasBias: true };
    expect(initializationProblem(fixed, unit)).toBeUndefined();
    expect(initializationProblem(fixed, { ...unit, inputs: 1 })).toContain('overlap');
    expect(initializationProblem({ ...fixed, overlap: -1 }, { ...unit, inputs: 1 })).toBeUndefined();
    expect(initializationProblem(fixed, { ...unit, hasBias: false })).toBeUndefined();
    expect(initializationProblem({ ...fixed, bias: 1 }, { ...unit, hasBias: false })).toContain('bias');
    expect(initializationProblem({ kind: 'weights', weights: [1], bias: 0 }, unit)).toContain('2 inputs, not 1');
    expect(initializationProblem({ kind: 'positive-bias', bias: 1 }, { ...unit, hasBias: false })).toContain('bias');
  });

  it('names every kind, its numbers included', () => {
    const kinds = ['he', 'gaussian', 'positive-bias', 'fixed'] as const;
    expect(kinds.map((kind) => initializationName(initializationSchema.parse({ kind })))).toEqual([
      'he',
      'gaussian σ=0.01',
      'positive-bias b=1',
      'fixed |w|=1 ρ=0 b=0',
    ]);
  });
});
