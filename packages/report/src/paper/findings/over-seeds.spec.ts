import { describe, expect, it } from 'vitest';
import { DIFFERENCES, DURATIONS, overSeeds, overSeedsOrNull, SHARES } from './over-seeds.js';

describe('overSeeds', () => {
  it('is mean and Student’s interval', () => {
    // Standard error .1 / √3, t of 2 degrees of freedom 4.3027.
    const { mean, interval, runs } = overSeeds([0.4, 0.5, 0.6], SHARES);
    expect(mean).toBeCloseTo(0.5, 12);
    expect(interval!.lower).toBeCloseTo(0.5 - 0.24841, 4);
    expect(interval!.upper).toBeCloseTo(0.5 + 0.24841, 4);
    expect(runs).toBe(3);
  });

  it('does not reach to where no value can lie', () => {
    expect(overSeeds([0.1, 0.6], SHARES).interval).toEqual({ lower: 0, upper: 1 });
    expect(overSeeds([-1, -0.8], DIFFERENCES).interval!.lower).toBe(-1);
    expect(overSeeds([1, 2, 30], DURATIONS).interval).toMatchObject({ lower: 0 });
    expect(overSeeds([1, 2, 30], DURATIONS).interval!.upper).toBeGreaterThan(30);
  });

  it('has no interval of one run, and nothing of none', () => {
    expect(overSeeds([0.3], SHARES)).toEqual({ mean: 0.3, interval: null, runs: 1 });
    expect(overSeedsOrNull([], SHARES)).toBeNull();
  });
});
