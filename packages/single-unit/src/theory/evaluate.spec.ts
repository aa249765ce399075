import { describe, expect, it } from 'vitest';
import { largestDifference, REFERENCE_STATES } from '../testing/reference-drift.js';
import { evaluateState } from './evaluate.js';
import type { TheoryModel } from './theory-model.js';

describe('evaluateState', () => {
  it.each(REFERENCE_STATES)('puts together what is known of $id', ({ weights, model, expected, drift }) => {
    const state = evaluateState(model('leaky'), weights);
    expect(state).toMatchObject({ a: expect.closeTo(expected.a, 12), b: expect.closeTo(expected.b, 12) });
    expect(state.p / expected.p).toBeCloseTo(1, 12);
    expect(state.logP).toBeCloseTo(Math.log(expected.p), 12);
    expect(Math.cos(state.angle)).toBeCloseTo(expected.rho, 14);
    expect(largestDifference(state.a2, expected.a2)).toBeLessThan(1e-14);
    expect(largestDifference(state.drift, drift.leaky)).toBeLessThan(1e-13);
    expect(state.q.length).toBe(weights.length ** 2);
    expect(state.mse - state.excess).toBeCloseTo(0.09, 12);
    expect(state.meanSquareOutput).toBeGreaterThan(state.meanOutput ** 2);

    const plain = evaluateState(model('backprop'), weights);
    expect(plain.mse).toBeCloseTo(expected.mse, 12);
    expect(largestDifference(plain.q, expected.q)).toBeLessThan(1e-12);
    expect(largestDifference(plain.jacobian, expected.jacobian)).toBeLessThan(1e-12);
  });

  it('evaluates a unit of zero weights', () => {
    const model: TheoryModel = {
      input: { size: 2, mean: Float64Array.of(0, 1), covariance: Float64Array.of(1, 0, 0, 0) },
      teacher: { kind: 'linear', weights: Float64Array.of(1, 0.5) },
      rule: { kind: 'backprop', leak: 0 },
      noise: 1,
    };
    expect(evaluateState(model, new Float64Array(2))).toEqual({
      a: -Infinity,
      b: 0.5,
      rho: 0,
      angle: Math.PI / 2,
      p: 0,
      logP: -Infinity,
      meanOutput: 0,
      meanSquareOutput: 0,
      drift: new Float64Array(2),
      jacobian: new Float64Array(4).fill(NaN),
      a2: new Float64Array(4),
      q: new Float64Array(4),
      mse: 2.25,
      excess: 1.25,
    });
  });
});
