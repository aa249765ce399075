import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import scipy from './fixtures/scipy.json' with { type: 'json' };
import { normalCdf, normalQuantile } from './normal-distribution.js';

const relativeError = (actual: number, expected: number) =>
  actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
const open = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });

describe('normalCdf', () => {
  it.each(scipy.normal)("agrees with SciPy's at %f", (x, expected) => {
    expect(relativeError(normalCdf(x), expected)).toBeLessThan(2e-13);
  });

  it('reaches its limits', () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
    expect(normalCdf(NaN)).toBeNaN();
  });
});

describe('normalQuantile', () => {
  it.each(scipy.normalQuantile)("agrees with SciPy's at %f", (p, expected) => {
    expect(relativeError(normalQuantile(p), expected)).toBeLessThan(2e-12);
  });

  it('is the inverse of the distribution function', () => {
    fc.assert(
      fc.property(open, (p) => {
        expect(relativeError(normalCdf(normalQuantile(p)), p)).toBeLessThan(1e-13);
      }),
    );
  });

  it('reaches its limits and refuses what is no probability', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect(() => normalQuantile(95)).toThrow('must lie in [0, 1]; got 95');
    expect(() => normalQuantile(NaN)).toThrow('must lie in [0, 1]');
  });
});
