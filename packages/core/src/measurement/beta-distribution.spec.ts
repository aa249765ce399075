import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile } from './beta-distribution.js';
import scipy from './fixtures/scipy.json' with { type: 'json' };

const relativeError = (actual: number, expected: number) =>
  actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
const open = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
// From 1 on the density is bounded, so that a rounding of x can't move the distribution function far.
const shape = fc.double({ min: 1, max: 2000, noNaN: true });

describe('betaCdf', () => {
  it("agrees with SciPy's", () => {
    for (const [x, a, b, expected] of scipy.beta) {
      expect(relativeError(betaCdf(x, a, b), expected), `I_${x}(${a}, ${b})`).toBeLessThan(1e-9);
    }
  });

  it('is symmetric, and rises', () => {
    fc.assert(
      fc.property(open, open, shape, shape, (x, y, a, b) => {
        expect(betaCdf(x, a, b)).toBeCloseTo(1 - betaCdf(1 - x, b, a), 9);
        const [low, high] = x < y ? [x, y] : [y, x];
        expect(betaCdf(low, a, b)).toBeLessThanOrEqual(betaCdf(high, a, b) + 1e-12);
      }),
    );
  });

  it('is the binomial tail for whole shapes: Pr[Bin(5, .3) ≥ 2]', () => {
    expect(betaCdf(0.3, 2, 4)).toBeCloseTo(1 - 0.7 ** 5 - 5 * 0.3 * 0.7 ** 4, 14);
  });
});

describe('betaQuantile', () => {
  it("agrees with SciPy's", () => {
    for (const [p, a, b, expected] of scipy.betaQuantile) {
      expect(relativeError(betaQuantile(p, a, b), expected), `quantile ${p} of (${a}, ${b})`).toBeLessThan(1e-10);
    }
  });

  it('is the inverse of the distribution function', () => {
    fc.assert(
      fc.property(open, shape, shape, (p, a, b) => {
        expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 9);
      }),
    );
  });

  it('reaches its limits and refuses what is no probability', () => {
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
    expect(() => betaQuantile(1.5, 2, 3)).toThrow('must lie in [0, 1]; got 1.5');
  });
});
