import { Random, wilsonInterval } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { millsRatio } from '../numerics/normal.js';
import { RunningMoments } from '../numerics/running-moments.js';
import { initialization, type Initialization, type InitializationOptions } from '../model/initializations.js';
import { activationProbability, weightNorm } from './measures.js';
import { SingleUnit, type UnitModel } from './single-unit.js';
import { teacher } from './teacher.js';
import { updateRule, type RuleKind } from './update-rules.js';

type Start = InitializationOptions | Initialization;

/** Trains a fresh unit in each trial and shows it at every one of the given numbers of updates. */
function simulate(
  model: UnitModel,
  start: Start,
  trials: number,
  grid: readonly number[],
  observe: (unit: SingleUnit, point: number) => void,
): void {
  const v = model.teacher.weights;
  const direction = v.map((component) => component / Math.hypot(...v));
  const initialize = typeof start === 'function' ? start : initialization(start, direction, model.hasBias);
  for (let trial = 0; trial < trials; trial++) {
    const unit = new SingleUnit(model, initialize, new Random(2, trial));
    grid.forEach((step, point) => {
      unit.train(step - (grid[point - 1] ?? 0));
      observe(unit, point);
    });
  }
}

function activation(model: UnitModel, start: Start, trials: number, grid: readonly number[]): RunningMoments {
  const moments = new RunningMoments(grid.length);
  simulate(model, start, trials, grid, (unit, point) => moments.add(point, activationProbability(unit)));
  return moments;
}

const unitModel = (options: Partial<UnitModel> & Pick<UnitModel, 'teacher'>): UnitModel => ({
  rule: updateRule('backprop', 0),
  hasBias: true,
  inputMean: 0,
  stepSize: 0.02,
  noise: 0.1,
  ...options,
});

const axis = (inputs: number) => Float64Array.from({ length: inputs }, (_, i) => (i === 0 ? 1 : 0));

describe('a linear teacher, zero-mean inputs, no bias: LMS at half the rate', () => {
  const v = Float64Array.from([1, -0.5, 0.25]);
  const start = [-1, 0.3, 0.6];
  const inputs = v.length;
  const stepSize = 0.1;
  const noise = 0.3;
  const model = unitModel({ teacher: teacher('linear', v, 0), hasBias: false, stepSize, noise });
  const grid = [1, 2, 5, 10, 20, 50, 100, 200];
  const means = new RunningMoments(grid.length * inputs);
  const products = new RunningMoments(grid.length * inputs * inputs);
  simulate(
    model,
    (weights) => {
      weights.set(start);
      return 0;
    },
    20_000,
    grid,
    ({ weights }, point) => {
      for (let i = 0; i < inputs; i++) {
        means.add(point * inputs + i, weights[i]);
        for (let j = 0; j < inputs; j++) {
          products.add((point * inputs + i) * inputs + j, (weights[i] - v[i]) * (weights[j] - v[j]));
        }
      }
    },
  );

  it("has the mean E[w]' = E[w] + μ/2 (v − E[w])", () => {
    const expected = [...start];
    let point = 0;
    for (let step = 1; step <= grid.at(-1)!; step++) {
      expected.forEach((mean, i) => (expected[i] = mean + (stepSize / 2) * (v[i] - mean)));
      if (step !== grid[point]) continue;
      for (let i = 0; i < inputs; i++) {
        const index = point * inputs + i;
        expect(Math.abs(means.mean(index) - expected[i])).toBeLessThan(4.5 * means.standardError(index));
      }
      point++;
    }
    expect(point).toBe(grid.length);
  });

  it("has the second moment K' = K − μK + μ²(K + (tr K + σ²)I/2)", () => {
    let moment = start.map((wi, i) => start.map((wj, j) => (wi - v[i]) * (wj - v[j])));
    let point = 0;
    for (let step = 1; step <= grid.at(-1)!; step++) {
      const trace = moment.reduce((sum, row, i) => sum + row[i], 0);
      const spread = (stepSize ** 2 * (trace + noise ** 2)) / 2;
      moment = moment.map((row, i) =>
        row.map((value, j) => value * (1 - stepSize + stepSize ** 2) + (i === j ? spread : 0)),
      );
      if (step !== grid[point]) continue;
      for (let i = 0; i < inputs; i++) {
        for (let j = 0; j < inputs; j++) {
          const index = (point * inputs + i) * inputs + j;
          expect(Math.abs(products.mean(index) - moment[i][j])).toBeLessThan(4.5 * products.standardError(index));
          if (i === j) expect(Math.abs(products.mean(index) / moment[i][j] - 1)).toBeLessThan(0.05);
        }
      }
      point++;
    }
    expect(point).toBe(grid.length);
  });
});

describe('no signal, white inputs and a bias', () => {
  // With a = b/|w| the mean motion obeys erfi(a/√2) = −μk/π and d ln|w|/da = Φ(a)/φ(a), whatever |w(0)|; Pr[y>0] = Φ(a) falls
  // from 1/2 below 0.1 and 0.01 at these μk. Training itself has a bias of the order of μ: 0.5 % of Pr[y>0] at μ = 0.005.
  const hits = [
    { probability: 0.1, a: -1.2815515655446004, stepsTimesRate: 4.35846293685957 },
    { probability: 0.01, a: -2.3263478740408408, stepsTimesRate: 20.559556610026387 },
  ];
  const stepSize = 0.005;
  const grid = hits.map(({ stepsTimesRate }) => Math.round(stepsTimesRate / stepSize));
  const model = unitModel({ teacher: teacher('zero', axis(2), 0), stepSize });

  it.each([1, 0.3])('stops firing at the pace of the mean motion, from |w| = %d', (norm) => {
    // Noise scales with the weights, so that both starts are one law in different units.
    const scaled = { ...model, noise: 0.1 * norm };
    const probability = new RunningMoments(grid.length);
    const length = new RunningMoments(grid.length);
    simulate(scaled, { kind: 'fixed', norm, overlap: 1, bias: 0 }, 400, grid, (unit, point) => {
      probability.add(point, activationProbability(unit));
      length.add(point, weightNorm(unit));
    });
    hits.forEach((hit, point) => {
      const expectedLength = norm * Math.exp(-integral((x) => millsRatio(-x), hit.a, 0));
      expect(Math.abs(probability.mean(point) - hit.probability)).toBeLessThan(
        4.5 * probability.standardError(point) + 0.01 * hit.probability,
      );
      expect(Math.abs(length.mean(point) - expectedLength)).toBeLessThan(
        4.5 * length.standardError(point) + 0.01 * expectedLength,
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

describe('zero-mean inputs without a bias', () => {
  it('keep every unit active on exactly half of them, signal or none', () => {
    for (const kind of ['relu', 'zero'] as const) {
      const model = unitModel({ teacher: teacher(kind, axis(3), 0), hasBias: false, stepSize: 0.1, noise: 1 });
      simulate(model, { kind: 'he' }, 20, [0, 10, 1000], (unit) => expect(activationProbability(unit)).toBe(0.5));
    }
  });
});

describe('a unit that starts opposite to its teacher', () => {
  // Mean Pr[y>0] at these updates in an independent simulation (NumPy, other random numbers): ρ = −0.8, |w| = √2, c = −1.
  const grid = [50, 200, 1000, 4000];
  const model = unitModel({ teacher: teacher('relu', axis(2), -1) });
  const start: Start = { kind: 'fixed', norm: Math.SQRT2, overlap: -0.8, bias: 0 };

  it.each<[RuleKind, number[]]>([
    ['backprop', [0.34356573924, 0.10916413891, 0.01037793943, 0.0015561072456]],
    ['lms', [0.36455743651, 0.1956428579, 0.28350708509, 0.1976217051]],
    ['leaky', [0.34671275226, 0.10897012794, 0.03277579081, 0.24295538818]],
  ])('dies under backprop alone: %s', (rule, expected) => {
    const moments = activation({ ...model, rule: updateRule(rule, 0.1) }, start, 600, grid);
    expected.forEach((probability, point) => {
      // The other simulation had at least as many trials; 1.5 covers its own standard error.
      expect(Math.abs(moments.mean(point) - probability)).toBeLessThan(4.5 * 1.5 * moments.standardError(point));
    });
  });
});

describe('the share of dead units', () => {
  // Pr[Pr[y>0] < 0.001] after 1000 updates and its 95 % Wilson interval in an independent simulation of 20,000 trials.
  it.each([
    { inputs: 4, teacherBias: -1, stepSize: 0.1, noise: 0.1, lower: 0.25853, upper: 0.27076, trials: 2000 },
    { inputs: 4, teacherBias: -1, stepSize: 0.1, noise: 1, lower: 0.60452, upper: 0.61803, trials: 2000 },
    { inputs: 8, teacherBias: 0, stepSize: 0.1, noise: 1, lower: 0.05782, upper: 0.06445, trials: 1000 },
  ])('is as simulated elsewhere: $inputs inputs, c = $teacherBias, noise $noise', (row) => {
    const { inputs, teacherBias, stepSize, noise, trials } = row;
    let dead = 0;
    const model = unitModel({ teacher: teacher('relu', axis(inputs), teacherBias), stepSize, noise });
    simulate(model, { kind: 'he' }, trials, [1000], (unit) => (dead += activationProbability(unit) < 0.001 ? 1 : 0));
    const { lower, upper } = wilsonInterval(dead / trials, trials, 0.95);
    expect(lower).toBeLessThanOrEqual(row.upper);
    expect(upper).toBeGreaterThanOrEqual(row.lower);
  });
});

describe('a rotation of the teacher', () => {
  it('changes nothing in law for white inputs and a rotation-invariant start', () => {
    const grid = [0, 30, 300, 1000];
    const along = (weights: readonly number[]) =>
      activation(unitModel({ teacher: teacher('relu', Float64Array.from(weights), -1) }), { kind: 'he' }, 500, grid);
    const first = along([1, 0, 0, 0]);
    const second = along([0.1, -0.7, 0.5, 0.5]);
    grid.forEach((_, point) => {
      const error = Math.hypot(first.standardError(point), second.standardError(point));
      expect(Math.abs(first.mean(point) - second.mean(point))).toBeLessThanOrEqual(4.5 * error);
    });
    expect(first.mean(3)).not.toBe(second.mean(3));
  });
});
