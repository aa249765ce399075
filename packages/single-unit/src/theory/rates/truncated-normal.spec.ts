import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { truncatedNormal } from './truncated-normal.js';

/** x, mean, variance, E[(Z − x)² | Z > x]: mpmath quadrature at 40 digits. */
const REFERENCE = [
  [-3, 0.00443783904212566379, 0.986666788458259194, 10.013313517126377],
  [0, 0.797884560802865356, 0.363380227632418657, 1.0],
  [1, 1.52513527616098121, 0.199097665570348792, 0.474864723839018791],
  [1.99, 2.36436129820252032, 0.114874634985108224, 0.255021016576984566],
  [2, 2.37321553282284087, 0.114279100414081257, 0.253568934354318265],
  [3, 3.28309865493043651, 0.0705591867852681169, 0.150704035208690479],
  [4.5, 4.7043198448277324, 0.0388140992847755341, 0.0805606982752041821],
  [10, 10.098093233962512, 0.00944537782565626116, 0.0190676603748803716],
  [30, 30.033259667433677, 0.001103771511890091, 0.00220997698968888787],
  [60, 60.0166574202411249, 0.000277315883414769227, 0.000554785532504207744],
] as const;

describe('truncatedNormal', () => {
  it.each(REFERENCE)('agrees with quadrature above %d', (x, mean, variance, squaredExcess) => {
    const moments = truncatedNormal(x);
    expect(Math.abs(moments.mean / mean - 1)).toBeLessThan(1e-13);
    expect(Math.abs(moments.variance / variance - 1)).toBeLessThan(1e-12);
    expect(Math.abs(moments.squaredExcess / squaredExcess - 1)).toBeLessThan(1e-12);
  });

  it('has E[(Z − x)²] = variance + (mean − x)²', () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 5, noNaN: true }), (x) => {
        const { mean, variance, squaredExcess } = truncatedNormal(x);
        expect(Math.abs((variance + (mean - x) ** 2) / squaredExcess - 1)).toBeLessThan(1e-11);
      }),
    );
  });

  it('tends to an exponential distribution', () => {
    const { squaredExcess, variance } = truncatedNormal(1e4);
    expect(squaredExcess * 1e8).toBeCloseTo(2, 6);
    expect(variance * 1e8).toBeCloseTo(1, 6);
  });
});
