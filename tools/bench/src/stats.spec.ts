import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatChange, medianRatio, summarize, summarizeRatios } from './stats.js';

describe('summarize', () => {
  it('interpolates between order statistics, whatever the order of the values', () => {
    expect(summarize([4, 1, 3, 2])).toEqual({ median: 2.5, minimum: 1, lowerQuartile: 1.75, upperQuartile: 3.25 });
    expect(summarize([7])).toEqual({ median: 7, minimum: 7, lowerQuartile: 7, upperQuartile: 7 });
  });

  it('has a median that one interruption does not move', () => {
    expect(summarize([10, 10, 10, 10, 5000]).median).toBe(10);
  });

  it('is ordered', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const { minimum, lowerQuartile, median, upperQuartile } = summarize(values);
        const ordered = [Math.min(...values), minimum, lowerQuartile, median, upperQuartile, Math.max(...values)];
        expect(ordered).toEqual([...ordered].sort((a, b) => a - b));
        expect(minimum).toBe(ordered[0]);
      }),
    );
  });

  it('says nothing of nothing', () => {
    expect(summarize([]).median).toBeNaN();
  });
});

describe('summarizeRatios', () => {
  it('pairs rounds, so that a slowdown of both sides cancels', () => {
    const quiet = [10, 10, 10];
    const disturbed = [10, 35, 20];
    const slower = (baseline: readonly number[]) => baseline.map((duration) => duration * 1.1);
    expect(summarizeRatios(slower(quiet), quiet).median).toBeCloseTo(1.1, 12);
    expect(summarizeRatios(slower(disturbed), disturbed)).toMatchObject({
      minimum: expect.closeTo(1.1, 12),
      upperQuartile: expect.closeTo(1.1, 12),
    });
  });
});

describe('medianRatio', () => {
  it.each([
    // Ranks of the interval for a median at 95 %: Conover, Practical Nonparametric Statistics (1999), from the binomial distribution.
    [6, 1, 6],
    [10, 2, 9],
    [20, 6, 15],
    [30, 10, 21],
  ])('takes of %i rounds the ranks %i and %i', (rounds, low, high) => {
    const ratios = Array.from({ length: rounds }, (_, index) => index + 1);
    const ones = ratios.map(() => 1);
    expect(medianRatio([...ratios].reverse(), ones)).toEqual({ median: (rounds + 1) / 2, lower: low, upper: high });
  });

  it('promises nothing from five rounds', () => {
    const told = medianRatio([1, 2, 3, 4, 5], [1, 1, 1, 1, 1]);
    expect(told).toEqual({ median: 3, lower: -Infinity, upper: Infinity });
    expect(formatChange(told)).toBe('+200.0 %');
  });

  it('is told as a change', () => {
    expect(formatChange({ median: 1.019, lower: 0.996, upper: 1.0321 })).toBe('+1.9 % (−0.4 to +3.2)');
  });
});
