import { describe, expect, it } from 'vitest';
import fixture from './fixtures/mean-difference.json' with { type: 'json' };
import { recoveredDifference, welchDifference } from './mean-difference.js';

describe('welchDifference', () => {
  it.each(fixture.welch)('agrees with SciPy at confidence $confidence', ({ a, b, confidence, ...expected }) => {
    const { degrees, lower, upper } = welchDifference(a, b, confidence);
    expect(degrees).toBeCloseTo(expected.degrees, 9);
    expect(lower).toBeCloseTo(expected.lower, 9);
    expect(upper).toBeCloseTo(expected.upper, 9);
  });

  it('has no width where neither sample varies', () => {
    expect(welchDifference([1, 1], [3, 3, 3])).toEqual({ mean: 2, lower: 2, upper: 2, degrees: 3 });
  });
});

describe('recoveredDifference', () => {
  it('is Newcombe’s interval for two proportions with Wilson’s intervals, as published', () => {
    const { a, b, lower, upper } = fixture.newcombe;
    const difference = recoveredDifference(a, b);
    expect(difference.mean).toBeCloseTo(0.2, 12);
    expect(Math.abs(difference.lower - lower)).toBeLessThan(0.5001e-4);
    expect(Math.abs(difference.upper - upper)).toBeLessThan(0.5001e-4);
  });

  it('adds the squares of half widths where intervals are symmetric', () => {
    const { lower, upper } = recoveredDifference({ mean: 1, lower: -2, upper: 4 }, { mean: 5, lower: 1, upper: 9 });
    expect([lower, upper]).toEqual([-1, 9]);
  });
});
