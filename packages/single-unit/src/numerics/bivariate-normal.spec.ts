import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import reference from '../testing/reference-phi2.json' with { type: 'json' };
import { bivariateNormalCdf } from './bivariate-normal.js';
import { normalCdf } from './normal.js';

const argument = fc.double({ min: -9, max: 9, noNaN: true });
/** ρ over the whole of [−1, 1], and so near ±1 that 1 − ρ² has no digits left: as an angle, with its sine. */
const angle = fc.oneof(
  fc.double({ min: 0, max: Math.PI, noNaN: true }),
  fc.double({ min: 1, max: 12, noNaN: true }).map((digits) => 10 ** -digits),
  fc.double({ min: 1, max: 12, noNaN: true }).map((digits) => Math.PI - 10 ** -digits),
);
const phi2 = (a: number, b: number, theta: number) => bivariateNormalCdf(a, b, Math.cos(theta), Math.sin(theta));

describe('bivariateNormalCdf', () => {
  it.each(reference.rows)('agrees with 34-digit arithmetic at a = $a, b = $b, rho = $rho', ({ a, b, rho, Phi2 }) => {
    expect(Math.abs(bivariateNormalCdf(a, b, rho) - Phi2)).toBeLessThan(1e-14);
  });

  it('is symmetric, and complements itself by reflection', () => {
    fc.assert(
      fc.property(argument, argument, angle, (a, b, theta) => {
        const value = phi2(a, b, theta);
        expect(Math.abs(value - phi2(b, a, theta))).toBeLessThan(1e-14);
        const reflected = bivariateNormalCdf(a, -b, -Math.cos(theta), Math.sin(theta));
        expect(Math.abs(value + reflected - normalCdf(a))).toBeLessThan(1e-14);
      }),
    );
  });

  it('lies within the Fréchet bounds and grows with a, b and ρ', () => {
    fc.assert(
      fc.property(argument, argument, angle, (a, b, theta) => {
        const value = phi2(a, b, theta);
        expect(value).toBeGreaterThanOrEqual(Math.max(0, normalCdf(a) - normalCdf(-b)) - 1e-15);
        expect(value).toBeLessThanOrEqual(Math.min(normalCdf(a), normalCdf(b)) + 1e-15);
        expect(phi2(a + 0.1, b, theta)).toBeGreaterThanOrEqual(value - 1e-15);
        expect(phi2(a, b, theta * 0.9)).toBeGreaterThanOrEqual(value - 1e-15);
      }),
    );
  });

  it('is 1/4 + asin(ρ)/2π at the origin (Sheppard)', () => {
    fc.assert(
      fc.property(angle, (theta) => {
        expect(Math.abs(phi2(0, 0, theta) - (Math.PI - theta) / (2 * Math.PI))).toBeLessThan(1e-15);
      }),
    );
  });

  it('has its limits at infinite arguments and full correlation', () => {
    expect(bivariateNormalCdf(-Infinity, 1, 0.3)).toBe(0);
    expect(bivariateNormalCdf(1, -Infinity, -0.99)).toBe(0);
    expect(bivariateNormalCdf(Infinity, -0.7, 0.95)).toBe(normalCdf(-0.7));
    expect(bivariateNormalCdf(-0.7, Infinity, 0.95)).toBe(normalCdf(-0.7));
    expect(bivariateNormalCdf(Infinity, Infinity, 0)).toBe(1);
    expect(bivariateNormalCdf(0.4, -0.2, 1)).toBe(normalCdf(-0.2));
    expect(bivariateNormalCdf(0.4, -0.2, -1)).toBeCloseTo(normalCdf(0.4) - normalCdf(0.2), 15);
    expect(bivariateNormalCdf(-0.4, -0.2, -1)).toBe(0);
  });
});
