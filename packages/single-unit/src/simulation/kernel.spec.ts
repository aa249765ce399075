import { Random } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputCount, unitModel, type UnitModel } from '../model/unit-model.js';
import { unitOptionsSchema } from '../model/unit-options.js';
import { multiply } from '../numerics/matrix.js';
import { updateUnit } from '../testing/reference-unit.js';
import { factorMatrix } from './input-composition.js';
import { instantiateKernel } from './kernel-module.js';
import { VARIATES } from './kernel-settings.js';
import { Kernel } from './kernel.js';
import { SEED_WORDS } from './trial-layout.js';

const seedWords = (seed: number) => {
  const random = new Random(seed, 'kernel');
  return Uint32Array.from({ length: SEED_WORDS }, () => random.uint32());
};
const modelOf = (options: object) => unitModel(unitOptionsSchema.parse(options));
const full = (model: UnitModel, capacity = 1, deadBelow = 0.001) =>
  new Kernel({ model, space: { kind: 'full' }, capacity, deadBelow });

/** The variates of a trial's first stream or second one, in the order in which they are drawn. */
function stream(kind: keyof typeof VARIATES, number: 0 | 1, seed: number, count: number): Float32Array {
  const exports = instantiateKernel();
  exports.memory.grow(Math.ceil((4 * count) / 65536) + 1);
  const state = Math.ceil(exports.freeMemory() / 16) * 16;
  const words = new Uint32Array(exports.memory.buffer, state, 16);
  words.set(seedWords(seed).subarray(12 * number, 12 * number + 12));
  words.fill(1, 12);
  exports.fillVariates(VARIATES[kind], state, state, state + 64, count);
  return new Float32Array(exports.memory.buffer, state + 64, count).slice();
}

/** Trains a unit by its definition on the numbers that the kernel draws. */
function trained(
  model: UnitModel,
  start: Float64Array,
  seed: number,
  updates: number,
  line?: Float64Array,
): Float64Array {
  const inputs = inputCount(model);
  const padded = inputs + (inputs % 2);
  const { distribution, batchSize, input } = model;
  const rowLength = distribution.delayLine || distribution.patches ? 1 : padded;
  const variates = stream(distribution.kind, 0, seed, 8 * Math.ceil((updates * batchSize * rowLength) / 8) + 1024);
  const words = new Uint32Array(variates.buffer);
  const noise = stream('normal', 1, seed, 8 * Math.ceil((updates * batchSize) / 8) + 64);
  const rowsPerBlock = Math.max(1, Math.floor(1024 / rowLength));
  const blockLength = 8 * Math.ceil((rowsPerBlock * rowLength) / 8);
  const matrix = factorMatrix(distribution.factor, inputs);
  const current = line?.slice() ?? new Float64Array();
  const state = start.slice();
  const velocity = new Float64Array(state.length);
  let row = 0;
  let noiseUsed = 0;
  for (let update = 0; update < updates; update++) {
    const batch = Array.from({ length: batchSize }, () => {
      const at = Math.floor(row / rowsPerBlock) * blockLength + (row % rowsPerBlock) * rowLength;
      row++;
      if (distribution.patches) {
        const patch = Math.floor((words[at] / 2 ** 32) * (distribution.patches.length / inputs));
        return distribution.patches.slice(patch * inputs, (patch + 1) * inputs);
      }
      let deviation = multiply(matrix, Float64Array.from(variates.subarray(at, at + inputs)));
      if (distribution.delayLine) {
        const { correlation, deviation: size } = distribution.delayLine;
        const newest = correlation * current[0] + size * Math.sqrt(1 - correlation ** 2) * variates[at];
        current.copyWithin(1, 0);
        current[0] = newest;
        deviation = current;
      }
      return deviation.map((value, i) => input.mean[i] + value);
    });
    updateUnit(model, state, velocity, batch, () => noise[noiseUsed++]);
  }
  return state;
}

const START = Float64Array.of(0.5, -0.3, 0.2, 0.1);

describe('the kernel, on the numbers that it draws, computes what the definition says', () => {
  const mean = [0.3, -0.2, 0.1];
  const full3 = { kind: 'full', matrix: [[2, 0.5, 0.1], [0.5, 1, 0.2], [0.1, 0.2, 0.5]] }; // prettier-ignore
  it.each<object>([
    {},
    { bias: false },
    { rule: 'lms' },
    { rule: 'surrogate', leak: 0.2 },
    { rule: 'leaky', leak: 0.2 },
    { teacher: { kind: 'linear', direction: [1, 2, -1] } },
    { teacher: { kind: 'zero' } },
    { teacher: { kind: 'none' } },
    { teacher: { kind: 'none' }, rule: 'leaky', leak: 0.3, batchSize: 3, momentum: 0.5 },
    { noise: 0 },
    { batchSize: 3 },
    { momentum: 0.7 },
    { weightDecay: 0.3 },
    { batchSize: 5, momentum: 0.4, weightDecay: 0.1, rule: 'leaky' },
    { inputMean: mean },
    { covariance: { kind: 'diagonal', variances: [0.5, 2, 0] }, inputMean: mean },
    { covariance: full3, inputMean: mean },
    { covariance: { kind: 'ar1', correlation: 0.8 }, bias: false },
    { covariance: { kind: 'ar1', correlation: 0.8, variance: 2, shifted: true }, inputMean: mean },
    { covariance: { kind: 'ar1', correlation: 0, shifted: true } },
    { distribution: 'uniform', covariance: full3 },
    { distribution: 'laplace', inputMean: 0.5 },
    { distribution: 'bernoulli' },
    { distribution: 'patches', patches: [[1, 0, 2], [-1, 1, 0], [0.5, -0.5, 1]] }, // prettier-ignore
    { inputs: 2 },
    { inputs: 2, bias: false },
    { inputs: 1 },
    { inputs: 24, covariance: { kind: 'ar1', correlation: 0.5 } },
    { inputs: 1100 },
  ])('%j', (options) => {
    const model = modelOf({ inputs: 3, stepSize: 0.001, ...options });
    const inputs = inputCount(model);
    const start = Float64Array.from({ length: model.input.size }, (_, i) => (i < 4 ? START[i] : 0.01 * (i % 7)));
    const line = model.distribution.delayLine && Float64Array.from({ length: inputs }, (_, i) => 0.3 * i - 0.2);
    const kernel = full(model);
    kernel.start(0, seedWords(5), start, line);
    kernel.advance(1, 400);
    const state = new Float64Array(model.input.size);
    kernel.read(0, state);
    const expected = trained(model, start, 5, 400, line);
    state.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
    expect(state).not.toEqual(start);
  });
});

describe('the kernel', () => {
  const models = {
    full: { model: modelOf({ inputs: 5, inputMean: 0.2 }), space: { kind: 'full' } as const },
    batches: { model: modelOf({ inputs: 3, batchSize: 7, momentum: 0.5 }), space: { kind: 'full' } as const },
    'order parameters': {
      model: modelOf({ inputs: 3 }),
      space: { kind: 'order-parameters', directions: 2, across: 6 } as const,
    },
    'order parameters in batches': {
      model: modelOf({ inputs: 3, batchSize: 40, rule: 'leaky' }),
      space: { kind: 'order-parameters', directions: 1, across: 6 } as const,
    },
  };
  const kernelOf = (name: keyof typeof models, capacity = 3) => {
    const kernel = new Kernel({ ...models[name], capacity, deadBelow: 0.001 });
    for (let trial = 0; trial < capacity; trial++)
      kernel.start(trial, seedWords(trial), Float64Array.of(0.5, 0, 0.3, 0.2, 0.1, 0));
    return kernel;
  };
  const states = (kernel: Kernel, trials = 3) =>
    Array.from({ length: trials }, (_, trial) => {
      const state = new Float64Array(kernel.stateSize);
      kernel.read(trial, state);
      return [...state];
    });

  it.each(Object.keys(models) as (keyof typeof models)[])(
    'gives the same bits however updates are divided: %s',
    (name) => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 }), (parts) => {
          const once = kernelOf(name);
          once.advance(3, parts.reduce((sum, part) => sum + part, 0)); // prettier-ignore
          const divided = kernelOf(name);
          let saved = divided.save(3);
          for (const part of parts) {
            const next = kernelOf(name);
            next.restore(saved);
            next.advance(3, part);
            saved = next.save(3);
          }
          divided.restore(saved);
          expect(states(divided)).toEqual(states(once));
        }),
        { numRuns: 20 },
      );
    },
  );

  it.each(Object.keys(models) as (keyof typeof models)[])(
    'draws for a trial the same whatever it is together with: %s',
    (name) => {
      const together = kernelOf(name, 7);
      together.advance(7, 500);
      for (let trial = 0; trial < 7; trial++) {
        const alone = kernelOf(name, 1);
        alone.start(0, seedWords(trial), Float64Array.of(0.5, 0, 0.3, 0.2, 0.1, 0));
        alone.advance(1, 500);
        expect(states(alone, 1)[0]).toEqual(states(together, 7)[trial]);
      }
    },
  );

  it('leaves an inactive unit alone under backprop', () => {
    const model = modelOf({ inputs: 1 });
    const kernel = full(model);
    kernel.start(0, seedWords(1), Float64Array.of(0.1, -100));
    kernel.advance(1, 10_000);
    expect(states(kernel, 1)[0].slice(0, 2)).toEqual([0.1, -100]);
  });

  it.each<object>([
    { bias: true },
    { bias: false, inputMean: 0.7 },
    { covariance: { kind: 'ar1', correlation: 0.6 }, inputMean: [0.4, -0.1, 0.3] },
    { covariance: { kind: 'diagonal', variances: [1, 0.3, 0.5] } },
  ])('notes the first update after which Pr[y>0] is below the threshold: %j', (options) => {
    const model = modelOf({ inputs: 3, stepSize: 0.1, noise: 1, teacher: { kind: 'zero' }, ...options });
    const { mean, covariance, size } = model.input;
    const start = Float64Array.of(0.5, -0.3, 0.2, 0.1).subarray(0, size);
    const kernel = full(model, 1, 0.3);
    kernel.start(0, seedWords(3), start);
    const state = new Float64Array(size);
    for (let update = 1; ; update++) {
      kernel.advance(1, 1);
      kernel.read(0, state);
      const variance = multiply(covariance, state).reduce((sum, value, i) => sum + value * state[i], 0);
      const ratio = state.reduce((sum, value, i) => sum + value * mean[i], 0) / Math.sqrt(variance);
      const isBelow = ratio < -0.5244005127080407;
      expect(kernel.firstHit(0)).toBe(isBelow ? update : -1);
      if (isBelow) break;
    }
  });
});
