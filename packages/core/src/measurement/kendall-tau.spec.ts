import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fixture from './fixtures/groups.json' with { type: 'json' };
import { kendallTau } from './kendall-tau.js';

const pairs = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { maxLength: 20 });

describe('kendallTau', () => {
  it.each(fixture.kendallTau.map((one, index) => ({ ...one, index })))(
    'agrees with SciPy, case $index',
    ({ x, y, tau }) => {
      expect(kendallTau(x, y)).toBeCloseTo(tau, 12);
    },
  );

  it('is 0 where there is no order', () => {
    expect(kendallTau([1, 2, 3], [5, 5, 5])).toBe(0);
    expect(kendallTau([], [])).toBe(0);
  });

  it('lies between the two orders, is turned over with either, and sees nothing but order', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const [x, y] = [all.map(([a]) => a), all.map(([, b]) => b)];
        const tau = kendallTau(x, y);
        expect(Math.abs(tau)).toBeLessThanOrEqual(1 + 1e-12);
        expect(kendallTau(y, x)).toBe(tau);
        expect(kendallTau(x.map((value) => -value), y) + tau).toBeCloseTo(0, 12); // prettier-ignore
        expect(kendallTau(x, y.map((value) => value ** 3 + 7))).toBe(tau); // prettier-ignore
      }),
    );
  });
});
