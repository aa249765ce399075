import { Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { cubature } from './cubature.js';
import { CLOSURES, evolve, type ClosureKind } from './evolve.js';
import { linearNoise } from './linear-noise.js';
import { meanField } from './mean-field.js';
import type { EvolutionPoint, Start, TrainedUnit } from './trained-unit.js';

const GRID = [0, 1, 2, 10, 60];

/** White inputs of variance 1.3 and any weights, with what is given. */
function unitOf(inputs: number, hasBias: boolean, options: Partial<TrainedUnit> = {}, inputMean = 0): TrainedUnit {
  const size = inputs + (hasBias ? 1 : 0);
  const random = new Random(7, inputs);
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < inputs; i++) covariance[i * (size + 1)] = 1.3;
  const mean = Float64Array.from({ length: size }, (_, i) => (i < inputs ? inputMean * random.normal() : 1));
  return {
    input: { size, mean, covariance },
    teacher: { kind: 'relu', weights: Float64Array.from({ length: size }, () => random.normal() / Math.sqrt(size)) },
    rule: { kind: 'backprop', leak: 0 },
    noise: 0.3,
    hasBias,
    stepSize: 0.03,
    batchSize: 1,
    momentum: 0,
    weightDecay: 0,
    ...options,
  };
}

function startOf({ input: { size } }: TrainedUnit): Float64Array {
  const random = new Random(8, size);
  return Float64Array.from({ length: size }, () => random.normal() / Math.sqrt(size));
}

/** Without the reduction. */
function full(closure: ClosureKind, unit: TrainedUnit, start: Start, grid: readonly number[]): EvolutionPoint[] {
  if (closure === 'mean-field') return meanField(unit, start.mean, grid);
  return (closure === 'linear-noise' ? linearNoise : cubature)(unit, start, grid);
}

function expectSame(closure: ClosureKind, unit: TrainedUnit, start: Start): void {
  const reduced = evolve(closure, unit, start, GRID);
  full(closure, unit, start, GRID).forEach((point, k) => {
    const { mean, variance, activation, squaredError } = reduced[k];
    point.mean.forEach((value, i) => {
      expect(Math.abs(mean[i] - value)).toBeLessThan(1e-11);
      expect(Math.abs(variance[i] - point.covariance[i * (point.mean.length + 1)])).toBeLessThan(1e-11);
    });
    expect(Math.abs(activation - point.activation)).toBeLessThan(1e-11);
    expect(Math.abs(squaredError - point.squaredError)).toBeLessThan(1e-11);
  });
}

describe.each(CLOSURES)('evolve by %s: order parameters of white inputs', (closure) => {
  it.each([
    ['with a bias', unitOf(6, true)],
    ['without a bias', unitOf(5, false)],
    ['with an input mean', unitOf(7, true, {}, 0.5)],
    ['with one direction to spare', unitOf(3, true)],
    ['with none', unitOf(2, true)],
    ['with momentum, decay and batches', unitOf(6, true, { momentum: 0.8, weightDecay: 0.1, batchSize: 3 })],
    ['with a leak', unitOf(6, true, { rule: { kind: 'leaky', leak: 0.2 } })],
  ])('are exact, %s', (_, unit) => {
    expectSame(closure, unit, { mean: startOf(unit) });
  });

  it('are exact from an isotropic law of the weights', () => {
    // Along an axis, since the cubature of an isotropic law depends on the axes, for which the reduction takes v.
    const weights = Float64Array.of(0.9, 0, 0, 0, 0, 0, -0.4);
    const unit = unitOf(6, true, { teacher: { kind: 'relu', weights } });
    const covariance = new Float64Array(49);
    for (let i = 0; i < 6; i++) covariance[i * 8] = 0.2;
    expectSame(closure, unit, { mean: Float64Array.of(-0.3, 0, 0, 0, 0, 0, 0.1), covariance });
  });

  it('take the full way where the start or the input is not isotropic', () => {
    const unit = unitOf(3, true);
    const covariance = Float64Array.from({ length: 16 }, (_, k) => (k % 5 === 0 ? 0.1 + k / 100 : 0));
    expectSame(closure, unit, { mean: startOf(unit), covariance });
    const correlated = unit.input.covariance.slice();
    correlated[1] = correlated[4] = 0.4;
    expectSame(closure, { ...unit, input: { ...unit.input, covariance: correlated } }, { mean: startOf(unit) });
  });
});

describe('evolve', () => {
  it('copes with hundreds of inputs', () => {
    // In order parameters; by all weights it would take minutes.
    const unit = unitOf(400, true, { stepSize: 1e-3 });
    const start = startOf(unit);
    const [first, last] = evolve('cubature', unit, { mean: start }, [0, 300]);
    first.mean.forEach((weight, i) => expect(weight).toBeCloseTo(start[i], 13));
    expect(last.squaredError).toBeLessThan(first.squaredError);
    last.variance.forEach((variance) => expect(variance).toBeGreaterThan(0));
  });

  it('says where the moments diverge: beyond the bound in mean square, where the mean still converges', () => {
    const unit = unitOf(6, false, { stepSize: 0.5 });
    const start = { mean: startOf(unit) };
    expect(() => evolve('cubature', unit, start, [0, 2000])).toThrow(
      /diverge after \d+ updates\. Take a smaller step size/,
    );
    expect(evolve('mean-field', unit, start, [2000])[0].mean[0]).toBeCloseTo(unit.teacher.weights[0], 6);
  });

  it("can't linearise the drift at w = 0, where it jumps", () => {
    const unit = unitOf(3, true);
    const start = { mean: new Float64Array(4) };
    expect(() => evolve('linear-noise', unit, start, [0, 10])).toThrow('from w = 0');
    expect(evolve('mean-field', unit, start, [10])[0].activation).toBe(0);
  });
});
