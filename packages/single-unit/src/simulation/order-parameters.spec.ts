import { describe, expect, it } from 'vitest';
import { initializationName, type InitializationOptions } from '../model/initializations.js';
import { unitModel, type UnitModel } from '../model/unit-model.js';
import { unitOptionsSchema } from '../model/unit-options.js';
import { orderParameters, toOrderParameters } from './order-parameters.js';
import type { SimulationMethod } from './simulation-plan.js';
import { QUANTITIES, runChunk } from './trial-chunk.js';

const modelOf = (options: object) => unitModel(unitOptionsSchema.parse(options));
const he: InitializationOptions = { kind: 'he' };

describe('order parameters', () => {
  it('lie along the teacher, the mean of the inputs and common first weights, as far as they differ', () => {
    const directions = (options: object, start: InitializationOptions = he) => {
      const parameters = orderParameters(modelOf({ inputs: 5, ...options }), start);
      return typeof parameters === 'string' ? parameters : parameters.directions.map((d) => [...d]);
    };
    const axis = [1, 0, 0, 0, 0];
    expect(directions({})).toEqual([axis]);
    expect(directions({ inputMean: [2, 0, 0, 0, 0] })).toEqual([axis]);
    expect(directions({ inputMean: [2, 0, 0, 3, 0] })).toEqual([axis, [0, 0, 0, 1, 0]]);
    expect(directions({}, { kind: 'weights', weights: [1, 0, -2, 0, 0], bias: 0 })).toEqual([axis, [0, 0, -1, 0, 0]]);
    expect(directions({ inputMean: 1 }, { kind: 'weights', weights: [1, 0, -2, 0, 0], bias: 0 })).toContain(
      'in a plane',
    );
  });

  it('hold the length across and the bias, and a unit with the same moments', () => {
    const model = modelOf({ inputs: 3, inputMean: [0, 2, 0], covariance: { kind: 'white', variance: 4 } });
    const parameters = orderParameters(model, he);
    if (typeof parameters === 'string') throw new Error(parameters);
    expect([...toOrderParameters(parameters, Float64Array.of(1, 2, -3, 0.5))]).toEqual([1, 2, 3, 0.5]);
    expect(parameters.across).toBe(1);
    expect([...parameters.reduced.input.mean]).toEqual([0, 2, 0, 1]);
    expect([...parameters.reduced.teacher.weights]).toEqual([1, 0, 0, -1]);
    expect(parameters.reduced.input.covariance.filter((value) => value !== 0)).toEqual(Float64Array.of(4, 4, 4));
  });

  it.each<[object, InitializationOptions, string]>([
    [{ distribution: 'uniform' }, he, 'normal'],
    [{ covariance: { kind: 'ar1', correlation: 0.5 } }, he, 'correlated'],
    [{ covariance: { kind: 'ar1', correlation: 0, shifted: true } }, he, 'Successive'],
    [{ momentum: 0.5 }, he, 'momentum'],
    [{}, { kind: 'randomized-asymmetric' }, 'directions'],
  ])('do not exist for %j from %j', (options, start, reason) => {
    expect(orderParameters(modelOf(options), start)).toContain(reason);
  });
});

/** All that is recorded of each trial after so many updates. */
function finalQuantities(
  model: UnitModel,
  start: InitializationOptions,
  method: SimulationMethod,
  trials: number,
  updates: number,
) {
  const group = `${method} ${initializationName(start)}`;
  const plan = { model, start, method, group, seed: 4, grid: [updates - 1, updates], deadBelow: 0.05 };
  return Array.from({ length: trials }, (_, first) => {
    const work = runChunk({ ...plan, grid: [0, updates] }, { first, count: 1, from: 0, to: 1, save: false });
    for (;;) {
      const { done, value } = work.next();
      if (!done) continue;
      return [...value.moments.means.subarray(QUANTITIES.length), value.firstHits[0]];
    }
  });
}

/** Kolmogorov's distance of two samples of n, times √(n/2): above 2.2 once in 8,000 times. */
function twoSampleDistance(first: number[], second: number[]): number {
  const sorted = [first, second].map((values) => [...values].sort((a, b) => a - b));
  let [i, j, distance] = [0, 0, 0];
  while (i < sorted[0].length && j < sorted[1].length) {
    const value = Math.min(sorted[0][i], sorted[1][j]);
    while (sorted[0][i] <= value) i++;
    while (sorted[1][j] <= value) j++;
    distance = Math.max(distance, Math.abs(i - j));
  }
  return distance / Math.sqrt(2 * first.length);
}

describe('a simulation by order parameters has the law of the full one (Kolmogorov and Smirnov)', () => {
  const TRIALS = 1200;
  it.each<{ options: object; start?: InitializationOptions; updates?: number }>([
    ...[2, 3, 16, 64].flatMap((inputs) =>
      [true, false].map((bias) => ({ options: { inputs, bias, stepSize: inputs > 16 ? 0.01 : 0.05 } })),
    ),
    { options: { inputs: 1 } },
    { options: { inputs: 16 }, updates: 1 },
    { options: { inputs: 5, inputMean: 0.4, bias: false, covariance: { kind: 'white', variance: 0.5 } } },
    { options: { inputs: 6, rule: 'lms', teacher: { kind: 'linear' } } },
    { options: { inputs: 6, rule: 'leaky', leak: 0.2, weightDecay: 0.1 } },
    { options: { inputs: 6, batchSize: 4, teacher: { kind: 'zero' } } },
    { options: { inputs: 6, noise: 1, teacher: { kind: 'none' } } },
    { options: { inputs: 5, inputMean: 0.4, rule: 'leaky', leak: 0.3, noise: 1, teacher: { kind: 'none' } } },
    { options: { inputs: 6, noise: 0 }, start: { kind: 'fixed', norm: 1, overlap: -0.6, bias: 0.2 } },
    { options: { inputs: 3 }, start: { kind: 'weights', weights: [-1, 1, 0.5], bias: 0 }, updates: 7 },
  ])('$options', ({ options, start = he, updates = 150 }) => {
    const model = modelOf({ stepSize: 0.05, noise: 0.3, ...options });
    const [full, reduced] = (['full', 'order-parameters'] as const).map((method) =>
      finalQuantities(model, start, method, TRIALS, updates),
    );
    [...QUANTITIES, 'first hit'].forEach((name, i) => {
      const column = (rows: number[][]) => rows.map((row) => Number(row[i].toPrecision(12)));
      expect(twoSampleDistance(column(full), column(reduced)), name).toBeLessThan(2.2);
    });
  });
});
