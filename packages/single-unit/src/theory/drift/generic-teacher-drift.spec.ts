import { Random } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot } from '../../numerics/matrix.js';
import { randomUnit } from '../../testing/random-unit.js';
import { largestDifference } from '../../testing/reference-drift.js';
import { largestDeviation } from '../../testing/simulated-update.js';
import { drift } from './drift.js';
import { genericTeacherDrift } from './generic-teacher-drift.js';

describe('genericTeacherDrift', () => {
  it.each([
    ['relu', (t: number) => Math.max(t, 0), [0]],
    ['linear', (t: number) => t, []],
    ['zero', () => 0, []],
  ] as const)('agrees with the closed form of a %s teacher', (kind, response, breaks) => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(0, 0.9, 1 - 1e-6, 1), (seed, likeTeacher) => {
        const { model, weights } = randomUnit(seed, likeTeacher);
        const { input, teacher, ...rest } = model('backprop', kind);
        const expected = drift({ input, teacher, ...rest }, weights);
        const scale = 1 + Math.max(...weights.map(Math.abs), ...teacher.weights.map(Math.abs));
        const actual = genericTeacherDrift(input, { weights: teacher.weights, response, breaks }, weights);
        expect(largestDifference(actual, expected)).toBeLessThan(1e-12 * scale ** 2);
      }),
    );
  });

  it('agrees with simulated updates of a teacher without a closed form', () => {
    const unit = randomUnit(2);
    const { input, teacher } = unit.model('backprop', 'zero');
    const random = new Random(2, 'tanh');
    const expected = genericTeacherDrift(input, { weights: teacher.weights, response: Math.tanh }, unit.weights);
    const deviation = largestDeviation(expected, 60_000, (values) => {
      const x = unit.drawInput(random);
      const s = dot(unit.weights, x);
      const error = s > 0 ? Math.tanh(dot(teacher.weights, x)) - s : 0;
      x.forEach((value, i) => (values[i] = error * value));
    });
    expect(deviation).toBeLessThan(4.5);
  });

  it('is that of a constant signal where the teacher does not vary', () => {
    const input = { size: 2, mean: Float64Array.of(0, 1), covariance: Float64Array.of(1, 0, 0, 0) };
    const teacher = { weights: Float64Array.of(0, 2), response: (t: number) => t ** 2 };
    const expected = drift(
      {
        input,
        teacher: { kind: 'relu', weights: Float64Array.of(0, 4) },
        rule: { kind: 'backprop', leak: 0 },
        noise: 0,
      },
      Float64Array.of(1, 0.3),
    );
    expect(largestDifference(genericTeacherDrift(input, teacher, Float64Array.of(1, 0.3)), expected)).toBeLessThan(
      1e-14,
    );
  });
});
