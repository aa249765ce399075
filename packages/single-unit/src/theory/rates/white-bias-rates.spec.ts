import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import reference from '../../testing/reference-rates.json' with { type: 'json' };
import { normalCdf, normalDensity } from '../../numerics/normal.js';
import { offsetInputRates } from './offset-input-rates.js';
import { whiteBiasRates } from './white-bias-rates.js';

describe('whiteBiasRates', () => {
  it.each(reference.whiteBias)('agrees with the reference at Pr[y>0] = $p', ({ p, a, slow, orthogonal, fast }) => {
    const rates = whiteBiasRates(a);
    for (const [actual, expected] of [
      [rates.activation, p],
      [rates.slow, slow],
      [rates.orthogonal, orthogonal],
      [rates.fast, fast],
    ]) {
      expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-10);
    }
  });

  it('has the eigenvalues of [[J₂, J₁], [J₁, J₀]]', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), (a) => {
        const { slow, fast } = whiteBiasRates(a);
        const [j0, j1] = [normalCdf(a), normalDensity(a)];
        const j2 = j0 - a * j1;
        expect(slow + fast).toBeCloseTo(j0 + j2, 13);
        expect(slow * fast).toBeCloseTo(j0 * j2 - j1 * j1, 13);
      }),
    );
  });

  it('slows down as a⁴/p', () => {
    const a = -25;
    const { slow, activation } = whiteBiasRates(a);
    expect(slow / (activation / a ** 4)).toBeGreaterThan(0.97);
    expect(slow / (activation / a ** 4)).toBeLessThan(1);
  });
});

describe('offsetInputRates', () => {
  it('is E[(z + a)² 1(z > −a)] along the mean', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 6, noNaN: true }), (a) => {
        const { along, orthogonal } = offsetInputRates(a);
        expect(along).toBeCloseTo(normalCdf(a) * (1 + a * a) + a * normalDensity(a), 12);
        expect(orthogonal).toBe(normalCdf(a));
      }),
    );
  });

  it('falls as 2p/a² in the tail', () => {
    const { along, orthogonal } = offsetInputRates(-30);
    expect((along * 900) / (2 * orthogonal)).toBeCloseTo(1, 1);
  });
});
