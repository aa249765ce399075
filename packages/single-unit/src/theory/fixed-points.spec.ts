import { Random } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { whiteUnit } from '../testing/white-unit.js';
import { drift } from './drift/drift.js';
import { meanField } from './evolution/mean-field.js';
import { fixedPoints } from './fixed-points.js';
import { whiteBiasRates } from './rates/white-bias-rates.js';

const starts = Array.from({ length: 40 }, (_, i) => {
  const random = new Random(3, i);
  return Float64Array.from({ length: 3 }, () => 1.5 * random.normal());
});

describe('fixed points', () => {
  it.each([
    ['backprop', 0],
    ['lms', 0],
    ['surrogate', 0.1],
  ] as const)('are the optimum alone for %s, beside the dead set', (kind, leak) => {
    for (const bias of [-1, 0.5]) {
      const [optimum, ...others] = fixedPoints(whiteUnit([1, 0, bias], true, { rule: { kind, leak } }), starts);
      expect(others).toEqual([]);
      expect([...optimum.weights]).toEqual([1, 0, bias]);
      expect(optimum.excess).toBe(0);
      expect(optimum.stability).toBe('stable');
      const { slow, orthogonal, fast } = whiteBiasRates(bias);
      const rates = [fast, orthogonal, slow].sort((a, b) => b - a);
      rates.forEach((rate, i) => expect(optimum.eigenvalues[i]).toBeCloseTo(-rate, 12));
    }
  });

  it('has the optimum of a leaky unit elsewhere, where its mean field comes to rest', () => {
    const unit = whiteUnit([1, 0, -1], true, { rule: { kind: 'leaky', leak: 0.1 }, stepSize: 0.5 });
    const points = fixedPoints(unit, starts);
    expect(points.map(({ stability }) => stability)).toEqual(['stable']);
    drift(unit, points[0].weights).forEach((component) => expect(Math.abs(component)).toBeLessThan(1e-10));
    expect(points[0].excess).toBeGreaterThan(0.01);
    const [end] = meanField(unit, Float64Array.of(-0.5, 1, 0), [3000]);
    end.mean.forEach((weight, i) => expect(weight).toBeCloseTo(points[0].weights[i], 9));
    expect(end.activation).toBeCloseTo(points[0].activation, 9);
  });

  it('is w = v for a linear teacher, and there is none without a signal', () => {
    const linear = whiteUnit([1, 0, -1], true, { teacher: { kind: 'linear', weights: Float64Array.of(1, 0, -1) } });
    expect(fixedPoints(linear, starts).map(({ weights }) => [...weights])).toEqual([[1, 0, -1]]);
    const zero = whiteUnit([0, 0, 0], true, { teacher: { kind: 'zero', weights: new Float64Array(3) } });
    expect(fixedPoints(zero, starts)).toEqual([]);
  });

  it('is anywhere, and decides nothing, where the error is noise alone', () => {
    const noise = whiteUnit([1, 0, -1], true, { teacher: { kind: 'none', weights: Float64Array.of(1, 0, -1) } });
    const points = fixedPoints(noise, [Float64Array.of(0.3, 0.2, 0.1)]);
    expect(points.map(({ weights }) => weights[0])).toEqual([1, -1, 0.3]);
    expect(points.map(({ stability }) => stability)).toEqual(['degenerate', 'degenerate', 'degenerate']);
  });

  it('does not take w = 0 for one, where the drift of a unit without a bias jumps', () => {
    const points = fixedPoints(whiteUnit([1, 0], false), [Float64Array.of(-1, 0), Float64Array.of(-2, 1e-3)]);
    expect(points.map(({ weights }) => weights[0])).toEqual([1]);
  });
});
