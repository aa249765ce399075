import { describe, expect, it } from 'vitest';
import { fQuantile, fTail } from './f-distribution.js';
import fixture from './fixtures/groups.json' with { type: 'json' };

describe('F', () => {
  it.each(fixture.f)(
    'agrees with SciPy: $p of F($numerator, $denominator)',
    ({ p, numerator, denominator, quantile, tail }) => {
      expect(fQuantile(p, numerator, denominator) / quantile).toBeCloseTo(1, 9);
      expect(fTail(quantile + 1, numerator, denominator) / tail).toBeCloseTo(1, 9);
      expect(fTail(quantile, numerator, denominator)).toBeCloseTo(1 - p, 9);
    },
  );

  it('has all of itself above 0 and nothing above infinity', () => {
    expect([fTail(0, 3, 4), fTail(Infinity, 3, 4), fQuantile(0, 3, 4)]).toEqual([1, 0, 0]);
  });
});
