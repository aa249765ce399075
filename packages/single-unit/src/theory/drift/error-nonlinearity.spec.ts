import { Random } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TEACHER_KINDS } from '../../model/teacher.js';
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
    for (const teacher of TEACHER_KINDS) {
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
      fc.property(fc.nat(), fc.constantFrom(...TEACHER_KINDS), (seed, teacher) => {
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

  it('is the drift of a linear teacher where a ReLU teacher is always active', () => {
    const { model, weights } = randomUnit(4);
    const { input, teacher, ...rest } = model('backprop', 'linear');
    const shifted = { ...input, mean: input.mean.map((value, i) => value + 10 * Math.sign(teacher.weights[i])) };
    for (const drift of [signErrorDrift, (m: TheoryModel, w: Float64Array) => errorGatedDrift(m, w, 0.8)]) {
      const expected = drift({ input: shifted, teacher, ...rest }, weights);
      const actual = drift({ input: shifted, teacher: { ...teacher, kind: 'relu' }, ...rest }, weights);
      expect(largestDifference(actual, expected)).toBeLessThan(1e-12 * (1 + Math.max(...expected.map(Math.abs))));
    }
  });

  it('is continuous where the pre-activation ceases to vary', () => {
    for (const kind of TEACHER_KINDS) {
      const model: TheoryModel = {
        input: { size: 2, mean: Float64Array.of(0.5, 1), covariance: Float64Array.of(1, 0, 0, 0) },
        teacher: { kind, weights: Float64Array.of(1, -0.2) },
        rule: { kind: 'backprop', leak: 0 },
        noise: 0.3,
      };
      for (const bias of [0.7, -0.7]) {
        const drifts = [0, 1e-9].map((weight) => {
          const weights = Float64Array.of(weight, bias);
          return Float64Array.of(...errorGatedDrift(model, weights, 0.4), ...signErrorDrift(model, weights));
        });
        expect(largestDifference(drifts[0], drifts[1])).toBeLessThan(1e-8);
        expect(drifts[0].some((value) => value !== 0)).toBe(bias > 0 && kind !== 'none');
      }
    }
  });
});
