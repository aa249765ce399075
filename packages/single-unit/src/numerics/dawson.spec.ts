import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dawson } from './dawson.js';

/** x and D(x) at 17 digits, by the series exp(−x²) Σ x²ⁿ⁺¹/(n! (2n + 1)) in 60-digit decimal arithmetic. */
const REFERENCE = [
  [0.001, 0.00099999933333359999],
  [0.1, 0.09933599239785286],
  [0.199, 0.19382855517484729],
  [0.2, 0.19475103336802804],
  [0.3, 0.28263166502131193],
  [0.5, 0.42443638350202229],
  [0.9241388730045918, 0.54104422463518165],
  [1.5, 0.42824907108539861],
  [2.7, 0.20237451091051398],
  [4, 0.12934800123600512],
  [7.3, 0.069154794835621133],
  [12, 0.041812876453988262],
  [26, 0.019245024851840636],
] as const;

describe("Dawson's integral", () => {
  it.each(REFERENCE)('agrees with 60-digit arithmetic at %d', (x, value) => {
    expect(Math.abs(dawson(x) / value - 1)).toBeLessThan(2e-15);
    expect(dawson(-x)).toBe(-dawson(x));
  });

  it("satisfies its differential equation D' = 1 − 2xD", () => {
    fc.assert(
      fc.property(fc.double({ min: -12, max: 12, noNaN: true }), (x) => {
        const slope = (dawson(x + 1e-5) - dawson(x - 1e-5)) / 2e-5;
        expect(Math.abs(slope - (1 - 2 * x * dawson(x)))).toBeLessThan(1e-9);
      }),
    );
  });
});
