import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunningMoments } from './running-moments.js';

describe('RunningMoments', () => {
  it('agrees with the two-pass formulas', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2 }), (values) => {
        const moments = new RunningMoments(2);
        for (const value of values) moments.add(1, value);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
        expect(moments.mean(1)).toBeCloseTo(mean, 8);
        expect(moments.variance(1)).toBeCloseTo(variance, 6);
        expect(moments.standardError(1)).toBeCloseTo(Math.sqrt(variance / values.length), 6);
        expect(moments.mean(0)).toBe(0);
      }),
    );
  });

  it('keeps the variance of values that lie far from zero', () => {
    const moments = new RunningMoments(1);
    for (const value of [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]) moments.add(0, value);
    expect(moments.variance(0)).toBe(30);
  });

  it('has no variance for a single value', () => {
    const moments = new RunningMoments(1);
    moments.add(0, 3);
    expect(moments.variance(0)).toBeNaN();
  });
});
