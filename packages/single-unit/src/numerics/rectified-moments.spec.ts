import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalDensity } from './normal.js';
import { reluMean, rectifiedMean } from './rectified-mean.js';
import { rectifiedMoments, scaledRectifiedMoments } from './rectified-moments.js';

/** u and κ(u) of the group `univariate` of the reference values: mpmath at 34 digits. */
const KAPPA = [
  [-37, 1.5451991905122024593e-301],
  [-20, 1.3700124947295799431e-90],
  [-5, 5.3461655338328149539e-8],
  [-2, 0.00849070261682963755],
  [0, 0.39894228040143267794],
  [0.5, 0.69779655740130602959],
  [8, 8.0000000000000000755],
] as const;

const argument = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('moments of a rectified normal variable', () => {
  it.each(KAPPA)('has κ(%d) to 14 digits', (u, kappa) => {
    expect(Math.abs(rectifiedMean(u) / kappa - 1)).toBeLessThan(1e-14);
    expect(Math.abs(rectifiedMoments(u, 1)[1] / kappa - 1)).toBeLessThan(1e-14);
  });

  it('satisfies its recurrence and joins Φ and κ, in the tail and above it', () => {
    fc.assert(
      fc.property(argument(-30, 8), (a) => {
        const moments = rectifiedMoments(a, 4);
        expect(Math.abs(moments[0] / normalCdf(a) - 1)).toBeLessThan(1e-12);
        expect(Math.abs(moments[1] / rectifiedMean(a) - 1)).toBeLessThan(1e-13);
        for (let i = 2; i <= 4; i++) {
          const terms = [a * moments[i - 1], (i - 1) * moments[i - 2]];
          expect(Math.abs(moments[i] - terms[0] - terms[1])).toBeLessThan(1e-13 * Math.abs(terms[1]));
        }
      }),
    );
  });

  it('is continuous where the method changes', () => {
    for (const threshold of [-1, -3]) {
      const [below, above] = [rectifiedMoments(threshold - 1e-12, 4), rectifiedMoments(threshold + 1e-12, 4)];
      below.forEach((moment, i) => expect(Math.abs(moment / above[i] - 1)).toBeLessThan(1e-10));
      expect(Math.abs(rectifiedMean(threshold - 1e-12) / rectifiedMean(threshold + 1e-12) - 1)).toBeLessThan(1e-10);
    }
  });

  it('gives moments over φ(a) where the moments themselves underflow', () => {
    expect(rectifiedMoments(-50, 2)).toEqual(new Float64Array(3));
    // For large |a|, ∫ uⁱ exp(au − u²/2) du → i!/|a|^(i + 1).
    const scaled = scaledRectifiedMoments(-1000, 2);
    [1e-3, 1e-6, 2e-9].forEach((leading, i) => expect(Math.abs(scaled[i] / leading - 1)).toBeLessThan(1e-5));
    const [plain, density] = [rectifiedMoments(0.7, 3), normalDensity(0.7)];
    scaledRectifiedMoments(0.7, 3).forEach((moment, i) => expect(moment * density).toBeCloseTo(plain[i], 15));
  });

  it('is max(mean, 0) without variance', () => {
    expect([reluMean(2, 0), reluMean(-2, 0), reluMean(0, 0)]).toEqual([2, 0, 0]);
    expect(reluMean(0, 3)).toBeCloseTo(3 / Math.sqrt(2 * Math.PI), 15);
  });
});
