import { normalQuantile } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { addScaled } from '../../numerics/matrix.js';
import { whiteInput, whiteUnit } from '../../testing/white-unit.js';
import { meanField } from '../evolution/mean-field.js';
import { convergenceRates, timeConstant } from './convergence-rates.js';
import { offsetInputRates } from './offset-input-rates.js';
import { whiteBiasRates } from './white-bias-rates.js';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

describe('convergenceRates', () => {
  it('are those of white inputs with a bias', () => {
    for (const p of [0.02, 0.2, 0.5, 0.8]) {
      const a = normalQuantile(p);
      const { values } = convergenceRates(whiteUnit([1.2, -0.9, 2, 2.5 * a], true));
      const { slow, orthogonal, fast } = whiteBiasRates(a);
      [slow, orthogonal, orthogonal, fast].forEach((rate, i) => expect(relative(values[i], rate)).toBeLessThan(1e-12));
    }
  });

  it('are those of inputs with a mean along the teacher', () => {
    const unit = whiteUnit([0.6, -0.8], false);
    const input = { ...whiteInput(2, false), mean: Float64Array.of(-0.6, 0.8) };
    const { along, orthogonal } = offsetInputRates(-1);
    const { values } = convergenceRates({ ...unit, input });
    expect(relative(values[0], Math.min(along, orthogonal))).toBeLessThan(1e-12);
    expect(relative(values[1], Math.max(along, orthogonal))).toBeLessThan(1e-12);
  });

  it('are 1/2 for white inputs of mean 0 without a bias: such a unit never slows down', () => {
    convergenceRates(whiteUnit([3, -1, 0.2], false)).values.forEach((rate) => expect(rate).toBeCloseTo(0.5, 15));
  });

  it('are those at which the mean field approaches the optimum, whatever the rule', () => {
    for (const kind of ['backprop', 'lms', 'surrogate'] as const) {
      const unit = whiteUnit([1, 0.5, -0.5], true, { rule: { kind, leak: 0.3 }, stepSize: 0.1 });
      const { values, vectors } = convergenceRates(unit);
      values.forEach((rate, i) => {
        const steps = Math.ceil(timeConstant(unit.stepSize, rate));
        const away = vectors.slice(3 * i, 3 * i + 3);
        const start = addScaled(unit.teacher.weights.slice(), 1e-6, away);
        const [, end] = meanField(unit, start, [0, steps]);
        const distance = addScaled(end.mean.slice(), -1, unit.teacher.weights);
        const left = away.reduce((sum, value, j) => sum + value * distance[j], 0) / 1e-6;
        expect(left).toBeCloseTo((1 - unit.stepSize * rate) ** steps, 5);
      });
    }
  });

  it('are refused where there is no optimum to come to', () => {
    const unit = whiteUnit([1, 0], true);
    expect(() => convergenceRates({ ...unit, teacher: { ...unit.teacher, kind: 'zero' } })).toThrow('without a signal');
    expect(() => convergenceRates({ ...unit, teacher: { ...unit.teacher, kind: 'none' } })).toThrow('noise alone');
    const linear = { ...unit, teacher: { ...unit.teacher, kind: 'linear' }, rule: { kind: 'lms', leak: 0 } } as const;
    expect(() => convergenceRates(linear)).toThrow("which it can't give");
  });
});
