import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../random/random.js';
import fixture from './fixtures/groups.json' with { type: 'json' };
import { varianceComponents } from './variance-components.js';

/** Groups around means of their own. */
function drawn(random: Random, groups: number, size: number, between: number): number[][] {
  return Array.from({ length: groups }, () => {
    const centre = between * random.normal();
    return Array.from({ length: size }, () => centre + random.normal());
  });
}

const groupsOf = fc
  .array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 6 })
  .filter((groups) => groups.flat().length > groups.length);

describe('varianceComponents', () => {
  it.each(fixture.anova.map((one, index) => ({ ...one, index })))(
    'agrees with SciPy, case $index',
    ({ groups, f, p }) => {
      const components = varianceComponents(groups);
      expect(components.p).toBeCloseTo(p, 10);
      // Between² = (F − 1)·within²/n₀.
      const [sizes, n] = [groups.map(({ length }) => length), components.values];
      const size = (n - sizes.reduce((sum, one) => sum + one ** 2, 0) / n) / (groups.length - 1);
      const expected = Math.max(0, ((f - 1) * components.within ** 2) / size);
      expect(components.between ** 2).toBeCloseTo(expected, 10);
    },
  );

  it.each([0, 0.5, 2])('covers the share of a planted variance between groups: %d', (between) => {
    const random = new Random(3, 'components', Math.round(10 * between));
    const truth = between ** 2 / (between ** 2 + 1);
    const studies = 1000;
    let [covered, significant] = [0, 0];
    for (let study = 0; study < studies; study++) {
      const { interval, p } = varianceComponents(drawn(random, 7, 4, between));
      covered += Number(interval.lower <= truth && truth <= interval.upper);
      significant += Number(p < 0.05);
    }
    // Four standard errors around 95 %. Where there is nothing between groups the interval reaches 0 more often: only its lower end can fail.
    expect(covered / studies).toBeGreaterThan(0.92);
    expect(covered / studies).toBeLessThan(between === 0 ? 0.995 : 0.98);
    if (between === 0) expect(Math.abs(significant / studies - 0.05)).toBeLessThan(0.03);
    if (between === 2) expect(significant / studies).toBeGreaterThan(0.95);
  });

  it('has all variance within or between where the other is nought', () => {
    expect(varianceComponents([[1, 1], [2, 2]])).toMatchObject({ within: 0, share: 1, p: 0 }); // prettier-ignore
    expect(varianceComponents([[1, 3], [3, 1]])).toMatchObject({ between: 0, share: 0, p: 1 }); // prettier-ignore
    expect(varianceComponents([[1, 1], [1, 1]])).toMatchObject({ share: 0, interval: { lower: 0, upper: 1 }, p: 1 }); // prettier-ignore
  });

  it('gives a share, its interval around it, and minds neither the order nor the unit of measurement', () => {
    fc.assert(
      fc.property(groupsOf, (groups) => {
        const { share, interval, p } = varianceComponents(groups);
        for (const value of [share, interval.lower, interval.upper, p]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(interval.lower).toBeLessThanOrEqual(share + 1e-12);
        expect(interval.upper).toBeGreaterThanOrEqual(share - 1e-12);
        const other = varianceComponents(groups.map((group) => group.map((value) => 7 - 3 * value)).reverse());
        expect(other.share).toBeCloseTo(share, 9);
        expect(other.p).toBeCloseTo(p, 9);
      }),
    );
  });

  it.each([[[]], [[[1, 2]]], [[[1], [2]]], [[[1, 2], []]]])('refuses %j', (groups) => {
    expect(() => varianceComponents(groups)).toThrow('need two groups');
  });
});
