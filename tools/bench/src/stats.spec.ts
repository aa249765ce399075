import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarize, summarizeRatios } from './stats.js';

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
