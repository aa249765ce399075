import { Random, wilsonInterval } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import type { InitializationOptions } from '../model/initializations.js';
import { TEACHER_KINDS } from '../model/teacher.js';
import { unitModel, type UnitModel } from '../model/unit-model.js';
import { unitOptionsSchema } from '../model/unit-options.js';
import { RULE_KINDS } from '../model/update-rule.js';
import { millsRatio } from '../numerics/normal.js';
import { drift } from '../theory/drift/drift.js';
import death from '../testing/reference-simulations.json' with { type: 'json' };
import trajectories from '../testing/reference-trajectories.json' with { type: 'json' };
import { simulate } from './simulate.js';

// Against simulations made elsewhere (NumPy, other random numbers) and closed forms. Comparisons allow 4.5 standard errors.

const modelOf = (options: object) => unitModel(unitOptionsSchema.parse(options));

describe('trajectories simulated elsewhere, and the second-order theory of them', () => {
  const scenarios = trajectories.scenarios.map((scenario) => ({
    ...scenario,
    // Fewer points than there are: the closed form of the error at each takes its time.
    points: scenario.points.filter(({ step }) => [0, 1, 10, 100, 1000, 4000].includes(step)),
  }));

  it.each(scenarios)('$id', async (scenario) => {
    const { mean, covariance, hasBias, teacherWeights, start, points } = scenario;
    const n = mean.length;
    const inputs = hasBias ? n - 1 : n;
    const v = teacherWeights.slice(0, inputs);
    const model = modelOf({
      inputs,
      inputMean: mean.slice(0, inputs),
      covariance: {
        kind: 'full',
        matrix: Array.from({ length: inputs }, (_, i) => covariance.slice(i * n, i * n + inputs)),
      },
      bias: hasBias,
      teacher: {
        kind: scenario.teacher,
        direction: v.some((value) => value !== 0) ? v : 'axis',
        norm: Math.hypot(...v) || 1,
        bias: hasBias ? teacherWeights[inputs] : 0,
      },
      stepSize: scenario.stepSize,
      noise: scenario.noise,
    });
    const grid = points.map(({ step }) => step);
    const common: InitializationOptions = {
      kind: 'weights',
      weights: start.slice(0, inputs),
      bias: hasBias ? start[inputs] : 0,
    };
    const result = await simulate(model, { start: common, trials: 1500, grid, seed: 1 });
    points.forEach(({ step, simulation, C2 }, k) => {
      for (let i = 0; i < n; i++) {
        const [value, error] = [result.weights.mean[k * n + i], result.weights.standardError[k * n + i]];
        const bothErrors = Math.hypot(error, simulation.meanError[i]);
        expect(Math.abs(value - simulation.mean[i]), `w[${i}] at ${step}`).toBeLessThan(4.5 * bothErrors + 1e-12);
        // F1 is the case in which the second-order theory fails.
        if (scenario.id === 'F1') continue;
        expect(Math.abs(value - C2.mean[i]), `theory of w[${i}] at ${step}`).toBeLessThan(4.5 * error + 1e-12);
      }
      const activationError = Math.hypot(result.activation.standardError[k], simulation.activationError);
      const difference = Math.abs(result.activation.mean[k] - simulation.activation);
      expect(difference, `Pr[y>0] at ${step}`).toBeLessThan(4.5 * activationError + 1e-12);
      if (!('exact' in scenario.points[k]) || step < 10) return;
      const trace = result.variance.subarray(k * n, (k + 1) * n).reduce((sum, value) => sum + value, 0);
      const exact = (scenario.points[k] as { exact?: { traceCovariance: number } }).exact!.traceCovariance;
      expect(Math.abs(trace / exact - 1), `trace at ${step}`).toBeLessThan(0.05);
    });
  });
});

describe('a unit without a signal, with white inputs and a bias', () => {
  // With a = b/|w| the mean motion obeys erfi(a/√2) = −μk/π and d ln|w|/da = Φ(a)/φ(a), whatever |w(0)|; Pr[y>0] = Φ(a) falls
  // from 1/2 below 0.1 and 0.01 at these μk. Training itself has a bias of the order of μ: 0.5 % of Pr[y>0] at μ = 0.005.
  const hits = [
    { probability: 0.1, a: -1.2815515655446004, stepsTimesRate: 4.35846293685957 },
    { probability: 0.01, a: -2.3263478740408408, stepsTimesRate: 20.559556610026387 },
  ];

  it.each([1, 0.3])('stops firing at the pace of the mean motion, from |w| = %d', async (norm) => {
    const stepSize = 0.005;
    const grid = [0, ...hits.map(({ stepsTimesRate }) => Math.round(stepsTimesRate / stepSize))];
    // Noise scales with the weights, so that both starts are one law in different units.
    const model = modelOf({ inputs: 2, teacher: { kind: 'zero' }, stepSize, noise: 0.1 * norm });
    const start: InitializationOptions = { kind: 'fixed', norm, overlap: 1, bias: 0 };
    const { activation, norm: length } = await simulate(model, { start, trials: 400, grid, seed: 1 });
    hits.forEach((hit, i) => {
      const expectedLength = norm * Math.exp(-integral((x) => millsRatio(-x), hit.a, 0));
      expect(Math.abs(activation.mean[i + 1] - hit.probability)).toBeLessThan(
        4.5 * activation.standardError[i + 1] + 0.01 * hit.probability,
      );
      expect(Math.abs(length.mean[i + 1] - expectedLength)).toBeLessThan(
        4.5 * length.standardError[i + 1] + 0.01 * expectedLength,
      );
    });
  });
});

/** Simpson's rule on 200 intervals. */
function integral(f: (x: number) => number, from: number, to: number): number {
  const h = (to - from) / 200;
  let sum = f(from) + f(to);
  for (let i = 1; i < 200; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * h);
  return (sum * h) / 3;
}

const OPPOSITE: InitializationOptions = { kind: 'fixed', norm: Math.SQRT2, overlap: -0.8, bias: 0 };

describe('a unit that starts opposite to its teacher', () => {
  it.each(death.rules)(
    'dies or comes back by its rule: $rule $leak',
    async ({ rule, leak, updates, activation, finalExcessError }) => {
      const model = modelOf({ inputs: 2, rule, leak });
      const result = await simulate(model, { start: OPPOSITE, trials: 800, grid: updates, seed: 2 });
      updates.forEach((update, k) => {
        // The other simulation had at least as many trials; √2 covers its own standard error.
        const allowed = 4.5 * Math.SQRT2 * result.activation.standardError[k] + 1e-12;
        expect(Math.abs(result.activation.mean[k] - activation[k]), `after ${update}`).toBeLessThan(allowed);
      });
      // Elsewhere the error of a leaky unit was that of max(s, 0), which is not its output.
      if (rule === 'leaky') return;
      const last = updates.length - 1;
      const allowed = 4.5 * Math.SQRT2 * result.excessError.standardError[last];
      expect(Math.abs(result.excessError.mean[last] - finalExcessError)).toBeLessThan(allowed);
    },
  );

  it('dies with momentum as well', async () => {
    const { stepSize, momentum, updates, activation, activationError } = death.momentum;
    const grid = [0, ...updates];
    const model = modelOf({ inputs: 2, stepSize, momentum });
    const result = await simulate(model, { start: OPPOSITE, trials: 800, grid, seed: 2 });
    updates.forEach((update, i) => {
      const error = Math.hypot(result.activation.standardError[i + 1], activationError[i]);
      expect(Math.abs(result.activation.mean[i + 1] - activation[i]), `after ${update}`).toBeLessThan(4.5 * error);
    });
  });
});

describe('shares of dead units', () => {
  it.each(death.death)('L = $inputs, mean $inputMean, step size $stepSize, noise $noise', async (row) => {
    const { inputs, inputMean, bias, direction, teacherBias, stepSize, noise, updates, deadBelow } = row;
    const model = modelOf({ inputs, inputMean, bias, stepSize, noise, teacher: { direction, bias: teacherBias } });
    // Enough to tell shares of a few per cent; the longest row with fewer.
    const trials = updates > 1000 ? 800 : 1500;
    const { dead } = await simulate(model, { start: { kind: 'he' }, trials, grid: [0, updates], seed: 3, deadBelow });
    for (const [share, interval] of [
      [dead.now[1], row.deadInterval],
      [dead.ever[1], row.hitInterval],
    ] as const) {
      // prettier-ignore
      const { lower, upper } = wilsonInterval(share, trials, 0.95);
      expect(lower).toBeLessThanOrEqual(interval[1]);
      expect(upper).toBeGreaterThanOrEqual(interval[0]);
    }
  });

  it('tend to that of the mean motion as the step size falls', async () => {
    const { inputs, teacherBias, noise, deadBelow, rows } = death.matchedHorizon;
    for (const { stepSize, updates, interval } of rows.filter(({ updates }) => updates <= 8000)) {
      const model = modelOf({ inputs, noise, stepSize, teacher: { bias: teacherBias } });
      const trials = 2000;
      const { dead } = await simulate(model, { start: { kind: 'he' }, trials, grid: [0, updates], seed: 5, deadBelow });
      const { lower, upper } = wilsonInterval(dead.now[1], trials, 0.95);
      expect(lower).toBeLessThanOrEqual(interval[1]);
      expect(upper).toBeGreaterThanOrEqual(interval[0]);
    }
  });
});

describe('the mean of one update', () => {
  const random = new Random(6, 'models');
  const number = () => random.normal();
  const models = RULE_KINDS.flatMap((rule) =>
    TEACHER_KINDS.map((kind): [string, UnitModel, number[], number] => {
      const root = Array.from({ length: 9 }, number);
      const matrix = [0, 1, 2].map((i) =>
        [0, 1, 2].map((j) => [0, 1, 2].reduce((sum, k) => sum + root[3 * i + k] * root[3 * j + k], 0)),
      );
      const model = modelOf({
        inputs: 3,
        inputMean: [number(), number(), number()],
        covariance: { kind: 'full', matrix },
        rule,
        leak: 0.3,
        teacher: { kind, direction: [number(), number(), number()], norm: 1 + random.uniform(), bias: number() },
        noise: 0.3,
        stepSize: 0.1,
      });
      return [`${rule}, teacher ${kind}`, model, [number(), number(), number()], number()];
    }),
  );

  it.each(models)('is the drift of the theory: %s', async (_, model, weights, bias) => {
    const start: InitializationOptions = { kind: 'weights', weights, bias };
    const { weights: after } = await simulate(model, { start, trials: 4000, grid: [0, 1], seed: 7 });
    const state = Float64Array.of(...weights, bias);
    drift(model, state).forEach((expected, i) => {
      const measured = (after.mean[4 + i] - state[i]) / model.stepSize;
      expect(Math.abs(measured - expected)).toBeLessThan((4.5 * after.standardError[4 + i]) / model.stepSize);
    });
  });
});
