import { describe, expect, it } from 'vitest';
import { Random } from '../random/random.js';
import { wilsonInterval } from './intervals.js';
import { meanShareInterval } from './mean-share-interval.js';

describe('meanShareInterval', () => {
  // Two-sided quantiles of Student's distribution as tables print them (Abramowitz & Stegun, table 26.10), and the normal one.
  it.each([
    [1, 0.95, 12.706],
    [4, 0.95, 2.776],
    [19, 0.95, 2.093],
    [19, 0.99, 2.861],
    [120, 0.95, 1.98],
    [2_000_000, 0.95, 1.96],
  ])('with %i degrees of freedom and confidence %f reaches %f standard errors', (freedom, confidence, t) => {
    const n = freedom + 1;
    const deviation = 1e-3;
    const { lower, upper } = meanShareInterval(0.5, deviation, n, confidence);
    const error = deviation / Math.sqrt(n);
    expect((0.5 - lower) / error).toBeCloseTo(t, 3);
    expect((upper - 0.5) / error).toBeCloseTo(t, 3);
  });

  it('stays within [0, 1]', () => {
    expect(meanShareInterval(0.01, 0.05, 5).lower).toBe(0);
    expect(meanShareInterval(0.99, 0.05, 5).upper).toBe(1);
  });

  it("is Wilson's where nothing is known of the spread", () => {
    expect(meanShareInterval(0, 0, 20)).toEqual(wilsonInterval(0, 20));
    expect(meanShareInterval(0.25, NaN, 1)).toEqual(wilsonInterval(0.25, 1));
    expect(meanShareInterval(NaN, NaN, 0)).toEqual({ lower: 0, upper: 1 });
  });

  it('covers the mean as often as it says', () => {
    const random = new Random('coverage');
    const [repeats, n] = [2000, 20];
    let covered = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const values = Array.from({ length: n }, () => random.uniform());
      const mean = values.reduce((sum, value) => sum + value, 0) / n;
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
      const { lower, upper } = meanShareInterval(mean, deviation, n);
      if (lower <= 0.5 && 0.5 <= upper) covered++;
    }
    // Four standard errors, and half a percent for values that are uniform instead of normal.
    expect(Math.abs(covered / repeats - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / repeats) + 0.005);
  });
});
