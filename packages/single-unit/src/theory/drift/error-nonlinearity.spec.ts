import { Random, ReluctantError } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomUnit } from '../../testing/random-unit.js';
import { largestDifference } from '../../testing/reference-drift.js';
import reference from '../../testing/reference-gated-linear-teacher.json' with { type: 'json' };
import { largestDeviation, simulatedUpdate } from '../../testing/simulated-update.js';
import type { TheoryModel } from '../theory-model.js';
import { drift } from './drift.js';
import { errorGatedDrift } from './error-gated-drift.js';
import { signErrorDrift } from './sign-error-drift.js';

function referenceCase({ m, R, w, v, sigma_n }: typeof reference.sign) {
  const model: TheoryModel = {
    input: { size: m.length, mean: Float64Array.from(m), covariance: Float64Array.from(R.flat()) },
    teacher: { kind: 'linear', weights: Float64Array.from(v) },
    rule: { kind: 'backprop', leak: 0 },
    noise: sigma_n,
  };
  return { model, weights: Float64Array.from(w) };
}

describe('drifts of a nonlinearity of the error', () => {
  it('agree with the reference values', () => {
    const gate = referenceCase(reference.gate);
    expect(
      largestDifference(errorGatedDrift(gate.model, gate.weights, reference.gate.gamma), reference.gate.closed),
    ).toBeLessThan(1e-14);
    const sign = referenceCase(reference.sign);
    expect(largestDifference(signErrorDrift(sign.model, sign.weights), reference.sign.closed)).toBeLessThan(1e-14);
  });

  it.each([1, 2, 3])('agree with simulated updates (unit %d)', (seed) => {
    const unit = randomUnit(seed);
    for (const teacher of ['linear', 'zero'] as const) {
      const model = unit.model('backprop', teacher);
      const n = model.input.size;
      const random = new Random(seed, teacher);
      const expected = Float64Array.of(
        ...errorGatedDrift(model, unit.weights, 0.8),
        ...signErrorDrift(model, unit.weights),
      );
      const deviation = largestDeviation(expected, 60_000, (values) => {
        const x = unit.drawInput(random);
        const { error, s } = simulatedUpdate(model, unit.weights, x, random.normal());
        x.forEach((value, i) => {
          values[i] = s > 0 && Math.abs(error) > 0.8 ? error * value : 0;
          values[n + i] = s > 0 ? Math.sign(error) * value : 0;
        });
      });
      expect(deviation).toBeLessThan(4.5);
    }
  });

  it('is the drift of backprop without a threshold, and nothing beyond all errors', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('linear' as const, 'zero' as const), (seed, teacher) => {
        const { model, weights } = randomUnit(seed);
        const taught = model('backprop', teacher);
        const expected = drift(taught, weights);
        const scale = 1 + Math.max(...expected.map(Math.abs));
        expect(largestDifference(errorGatedDrift(taught, weights, 0), expected)).toBeLessThan(1e-12 * scale);
        expect(
          largestDifference(errorGatedDrift(taught, weights, 1000), new Float64Array(weights.length)),
        ).toBeLessThan(1e-100);
      }),
    );
  });

  it('takes an error that does not vary for what it is', () => {
    const { model } = randomUnit(3);
    const taught = { ...model('backprop', 'linear'), noise: 0 };
    const zero = new Float64Array(taught.input.size);
    expect(largestDifference(signErrorDrift(taught, taught.teacher.weights), zero)).toBe(0);
    expect(largestDifference(errorGatedDrift(taught, taught.teacher.weights, 0.1), zero)).toBe(0);
  });

  it('refuses a ReLU teacher', () => {
    const { model, weights } = randomUnit(1);
    expect(() => signErrorDrift(model('backprop', 'relu'), weights)).toThrow(ReluctantError);
    expect(() => errorGatedDrift(model('backprop', 'relu'), weights, 1)).toThrow('linear or zero teacher only');
  });
});
