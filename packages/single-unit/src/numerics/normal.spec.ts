import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logNormalCdf, millsRatio, normalCdf, normalDensity } from './normal.js';

/** x, Φ(x) and Mills' ratio at 18 digits, printed by tools/fixtures/single-unit/normal.py. */
const REFERENCE = [
  [-37.0, 5.72557122252457682e-300, 4.71696655503658055e297],
  [-20.0, 2.7536241186062337e-89, 1.81128301589259162e87],
  [-10.3, 3.52306507892641259e-25, 2.73049085756832477e23],
  [-5.0, 2.86651571879193912e-7, 672621.636722879252],
  [-2.5758293035489004, 0.00500000000000000545, 68.8117346309520012],
  [-2.0, 0.0227501319481792072, 18.1002477111261527],
  [-1.0, 0.158655253931457051, 3.47705181170369447],
  [-0.1, 0.460172162722971016, 1.35993040152561657],
  [0.0, 0.5, 1.25331413731550025],
  [0.1, 0.539827837277028984, 1.15926239961873632],
  [0.5, 0.691462461274013104, 0.876364456453692347],
  [1.0, 0.841344746068542949, 0.655679542418798472],
  [3.0, 0.998650101968369905, 0.304590298710103296],
  [8.0, 0.999999999999999378, 0.123131963257932296],
] as const;

describe('the normal distribution', () => {
  it.each(REFERENCE)('agrees with 50-digit arithmetic at x = %d', (x, cdf, mills) => {
    expect(Math.abs(normalCdf(x) / cdf - 1)).toBeLessThan(1e-13);
    expect(Math.abs(millsRatio(x) / mills - 1)).toBeLessThan(1e-13);
  });

  it('sums to one over both tails and has φ as its slope', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (x) => {
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 15);
        const slope = (normalCdf(x + 1e-5) - normalCdf(x - 1e-5)) / 2e-5;
        expect(Math.abs(slope - normalDensity(x))).toBeLessThan(1e-9);
      }),
    );
  });

  it('has its limits at infinity', () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalDensity(Infinity)]).toEqual([0, 1, 0]);
    expect(normalCdf(-40)).toBe(0);
    for (const x of [1e2, 31234.567, 1e8, 1e300]) {
      expect([normalCdf(-x), normalCdf(x), normalDensity(x), normalDensity(-x)]).toEqual([0, 1, 0, 0]);
    }
  });

  it('has log Φ where Φ underflows or rounds to one', () => {
    for (const [x, cdf] of REFERENCE)
      expect(Math.abs(logNormalCdf(x) - Math.log(cdf))).toBeLessThan(1e-13 * (1 + x * x));
    // Φ(−40) = 3.6559e-350 (Feller's expansion φ(x)/x (1 − x⁻² + 3x⁻⁴ − 15x⁻⁶)).
    const feller =
      -800 - Math.log(40 * Math.sqrt(2 * Math.PI)) + Math.log1p(-1 / 1600 + 3 / 1600 ** 2 - 15 / 1600 ** 3);
    expect(logNormalCdf(-40)).toBeCloseTo(feller, 8);
    expect(logNormalCdf(20) / -normalCdf(-20)).toBeCloseTo(1, 14);
    expect([logNormalCdf(-Infinity), logNormalCdf(Infinity)]).toEqual([-Infinity, -0]);
  });
});
