import { type EventBody, type SimulationBody } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { unitModel } from '../model/unit-model.js';
import { unitOptionsSchema } from '../model/unit-options.js';
import { complete } from '../numerics/stepwise.js';
import { evolutionOptionsSchema } from './evolution-options.js';
import { singleUnitEvolution } from './evolution-simulation.js';
import { theories } from './theories.js';

interface Result {
  readonly k: number[];
  readonly theory: Record<string, { p: number[]; mse?: number[]; mean?: number[][]; variance?: number[][] }>;
  readonly simulation: { trials: number; mean: number[][]; se: number[][]; p: number[]; pSe: number[]; mse: number[] };
  readonly deviation: Record<string, { quantity: string; k: number; standardErrors: number; outside: number }>;
  readonly assumptions: {
    stepSize: { effective: number; bound: number | null; holds: boolean | null };
    closure: Record<string, boolean>;
  };
}

async function evolve(options: object) {
  const bodies: SimulationBody[] = [];
  await singleUnitEvolution.simulate(evolutionOptionsSchema.parse({ record: 12, ...options }), {
    seed: 1,
    publish: (body) => bodies.push(body),
  });
  const of = <T extends EventBody['type']>(type: T) =>
    bodies.filter((body): body is Extract<SimulationBody, { type: T }> => body.type === type);
  return {
    result: of('simulation.result')[0].result as unknown as Result,
    curves: of('simulation.sampled').map(({ series }) => series),
    theories: of('simulation.predicted').map(({ series }) => series),
    notes: of('simulation.noted').map(({ note }) => note),
  };
}

const dying = { inputs: 2, teacher: { bias: -1 }, start: { kind: 'fixed', norm: Math.SQRT2, overlap: -0.8 } };

describe('single-unit-evolution', () => {
  it('finds the cubature in agreement with the simulation of a dying unit, and the mean field not', async () => {
    const { result, curves, theories, notes } = await evolve({ ...dying, trials: 1500, steps: 500 });
    expect(result.k[0]).toBe(0);
    expect(result.k.at(-1)).toBe(500);
    expect(result.simulation.p.at(-1)).toBeLessThan(0.04);
    expect(Math.abs(result.deviation.C2.standardErrors)).toBeLessThan(4.5);
    expect(result.assumptions.closure).toMatchObject({ C0: false, C2: true });
    expect(result.theory.C2.mean![0]).toEqual(result.simulation.mean[0]);
    expect(result.theory.C0.variance!.flat().every((value) => value === 0)).toBe(true);
    expect(curves.map(({ name }) => name)).toEqual([
      'Pr[y>0]',
      'squared error',
      'w[0]',
      'w[1]',
      'b',
      'sum of the variances of the weights',
      'share of trials with Pr[y>0] < 0.01',
    ]);
    expect(theories.filter(({ name }) => name === 'b').map(({ theory }) => theory)).toEqual([
      'C0, mean field',
      'C1, linear noise',
      'C2, Gaussian cubature',
    ]);
    expect(notes.filter(({ severity }) => severity === 'warning')).toEqual([]);
    expect(notes.map(({ text }) => text).join(' ')).toMatch(/C2, Gaussian cubature agrees with the simulation/);
  });

  it('warns of a closure error on the separatrix, with the deviation', async () => {
    const { result, notes } = await evolve({
      inputs: 4,
      teacher: { bias: -1.2815515655446004 },
      start: { kind: 'weights', weights: [0, 1, 1, 0] },
      trials: 1500,
      steps: 2000,
    });
    expect(result.assumptions.closure.C2).toBe(false);
    expect(Math.abs(result.deviation.C2.standardErrors)).toBeGreaterThan(20);
    const warning = notes.find(({ severity }) => severity === 'warning')!;
    expect(warning.text).toMatch(/^Closure error: C2, Gaussian cubature has \d+ of \d+ values outside the 99 % band/);
  });

  it('follows the exact recursion of a linear teacher, and the law without a signal', async () => {
    const linear = await evolve({
      inputs: 3,
      covariance: { kind: 'ar1', correlation: 0.5 },
      bias: false,
      teacher: { kind: 'linear' },
      start: { kind: 'weights', weights: [-1, 0.3, 0.6] },
      closures: ['C2'],
      trials: 1000,
      steps: 100,
    });
    expect(Object.keys(linear.result.theory)).toEqual(['C2', 'exact']);
    linear.result.theory.exact.mse!.forEach((mse, at) => expect(linear.result.theory.C2.mse![at]).toBeCloseTo(mse, 9));
    const silent = await evolve({ inputs: 2, teacher: { kind: 'zero' }, stepSize: 0.002, trials: 1000, steps: 1000 });
    expect(silent.result.theory.noSignal.p.at(-1)).toBeCloseTo(silent.result.theory.C0.p.at(-1)!, 2);
    expect(silent.result.assumptions.stepSize).toMatchObject({ bound: null, holds: null });
  });

  it('warns of a step size beyond the stability bound, and of inputs that theory does not assume', async () => {
    const { result, notes } = await evolve({
      inputs: 4,
      bias: false,
      distribution: 'uniform',
      stepSize: 0.35,
      noise: 0,
      start: { kind: 'fixed', norm: 1, overlap: 0.9 },
      closures: ['C0'],
      trials: 50,
      steps: 20,
    });
    // 2/(L + 2)
    expect(result.assumptions.stepSize.bound).toBeCloseTo(1 / 3, 9);
    expect(result.assumptions.stepSize.holds).toBe(false);
    const warnings = notes.filter(({ severity }) => severity === 'warning').map(({ text }) => text);
    expect(warnings.join(' ')).toMatch(/normal inputs; these are uniform.*0\.35 is beyond the stability bound 0\.333/);
  });

  it('has a reason in place of the curves of a theory that diverges', () => {
    const model = unitModel(unitOptionsSchema.parse({ inputs: 4, bias: false, stepSize: 1.2 }));
    const all = theories(model, Float64Array.of(1, 0.5, 0, 0), [0, 500], ['C0', 'C2']);
    const [mean, gaussian] = all.map(({ compute }) => complete(compute()));
    expect(mean).toMatchObject({ name: 'C0', squaredError: [expect.any(Number), expect.closeTo(0.01, 6)] });
    expect(gaussian).toEqual({ title: 'C2, Gaussian cubature', reason: expect.stringContaining('diverge') });
  });

  it('refuses a start that is drawn', () => {
    const { error } = evolutionOptionsSchema.safeParse({ start: { kind: 'he' } });
    expect(error!.issues).toMatchObject([{ path: ['start', 'kind'] }]);
  });
});
