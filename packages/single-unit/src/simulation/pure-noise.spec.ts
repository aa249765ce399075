import { describe, expect, it } from 'vitest';
import type { InitializationOptions } from '../model/initializations.js';
import { unitModel } from '../model/unit-model.js';
import { unitOptionsSchema } from '../model/unit-options.js';
import { RULE_KINDS } from '../model/update-rule.js';
import { cubature } from '../theory/evolution/cubature.js';
import { simulate } from './simulate.js';
import { QUANTILE_LEVELS } from './simulation-result.js';

const modelOf = (options: object) => unitModel(unitOptionsSchema.parse({ teacher: { kind: 'none' }, ...options }));
const TRIALS = 4000;
const WEIGHTS = [0.9, -0.2, 0.8];
const BIAS = 0.2;
const START: InitializationOptions = { kind: 'weights', weights: WEIGHTS, bias: BIAS };
const correlated = {
  inputs: 3,
  inputMean: [0.5, -0.3, 0.2],
  covariance: { kind: 'full', matrix: [[1, 0.4, -0.2], [0.4, 0.8, 0.1], [-0.2, 0.1, 1.2]] }, // prettier-ignore
  stepSize: 0.05,
  noise: 1,
  leak: 0.3,
};

// Errors that are noise alone push weights about: their mean stays, whatever becomes of Pr[y>0]. 4.5 standard errors are allowed.
describe.each([
  ...RULE_KINDS.map((rule) => ({ ...correlated, rule })),
  { ...correlated, momentum: 0.5, batchSize: 3 },
  // By order parameters.
  { inputs: 3, stepSize: 0.05, noise: 1, rule: 'backprop' },
])('a unit that learns noise: $rule, momentum $momentum', (options) => {
  const model = modelOf(options);
  const n = model.input.size;
  const grid = [0, 20, 600];
  const simulated = simulate(model, { start: START, trials: TRIALS, grid, seed: 8 });

  it('keeps its mean weights while Pr[y>0] spreads', async () => {
    const { weights, activation, squaredError } = await simulated;
    for (let i = 0; i < n; i++) {
      for (const point of [1, 2]) {
        const [mean, error] = [weights.mean, weights.standardError].map((values) => values[point * n + i]);
        expect(Math.abs(mean - weights.mean[i]), `${i} at ${grid[point]}`).toBeLessThan(4.5 * error);
      }
    }
    const levels = QUANTILE_LEVELS.length;
    const spread = (point: number) =>
      activation.quantiles[point * levels + levels - 1] - activation.quantiles[point * levels];
    expect(spread(0)).toBe(0);
    expect(spread(2)).toBeGreaterThan(2 * spread(1));
    // The error is the noise, whatever the unit does.
    expect([...squaredError.mean]).toEqual([1, 1, 1]);
  });

  it('has the covariance of the theory, as long as weights stay together', async () => {
    const { covariance } = await simulated;
    const [point] = cubature(model, { mean: Float64Array.of(...WEIGHTS, BIAS) }, [20]);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const [own, other, both] = [i * n + i, j * n + j, i * n + j].map((at) => point.covariance[at]);
        // Of normal weights, which they nearly are: they sum up twenty updates.
        const error = Math.sqrt((own * other + both ** 2) / TRIALS);
        expect(Math.abs(covariance![n * n + i * n + j] - both), `${i}, ${j}`).toBeLessThan(4.5 * error);
      }
    }
  });
});

it('parks units where they hardly ever fire', async () => {
  const model = modelOf({ inputs: 2, stepSize: 0.05, noise: 1 });
  const start = { kind: 'fixed', norm: 1, overlap: 1, bias: 0 } as const;
  const { activation, dead } = await simulate(model, {
    ...{ start, trials: TRIALS, grid: [0, 1000, 4000], seed: 9, deadBelow: 0.1 },
  });
  // By symmetry a wandering w would be as often on either side; but it wanders slowly where Pr[y>0] is small.
  expect(activation.mean[1]).toBeLessThan(0.4);
  expect(activation.mean[2]).toBeLessThan(0.3);
  expect(dead.now[2]).toBeGreaterThan(0.45);
  const levels = QUANTILE_LEVELS.length;
  expect(activation.quantiles[2 * levels + levels - 1]).toBeGreaterThan(0.5);
});
