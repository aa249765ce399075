import { describe, expect, it } from 'vitest';
import { isSame, siteAgreements } from './probability-agreement.js';

/** Ten elements of two units in each batch. */
const batches = (...fired: [number, number][]) => fired.map((units) => ({ relu: units }));
const ELEMENTS = { relu: 10 };

describe('siteAgreements', () => {
  it('is the mean on each side over seeds, their difference, and what images leave open', () => {
    const [site] = siteAgreements(
      [
        { ours: batches([2, 4], [4, 6], [6, 8]), theirs: batches([3, 5], [5, 7], [7, 9]) },
        { ours: batches([2, 4], [4, 6], [6, 8]), theirs: batches([1, 4], [3, 6], [5, 8]) },
      ],
      ELEMENTS,
    );
    expect(site.ours).toBeCloseTo(0.5, 12);
    expect(site.theirs).toBeCloseTo((0.6 + 0.45) / 2, 12);
    // −.1 and .05: standard error .075, t of one degree of freedom 12.706.
    expect(site.difference.mean).toBeCloseTo(-0.025, 12);
    expect(site.difference.upper).toBeCloseTo(-0.025 + 12.7062 * 0.075, 3);
    // Batches are .3, .5, .7: standard error .2 / √3, t of 2 degrees of freedom 4.3027.
    expect(site.margin).toBeCloseTo(0.49683, 4);
    expect(site.within).toBe(1);
    expect(isSame(site)).toBe(true);
  });

  it('tells a difference that every seed shows, however small', () => {
    const seed = (shift: number) => ({
      ours: batches([2, 4], [2, 4.01]),
      theirs: batches([2 + shift, 4], [2 + shift, 4.01]),
    });
    const [apart] = siteAgreements([seed(0.5), seed(0.51), seed(0.49)], ELEMENTS);
    expect(isSame(apart)).toBe(false);
    expect(apart.within).toBe(0);
    const [chance] = siteAgreements([seed(0.5), seed(-0.51), seed(0.01)], ELEMENTS);
    expect(isSame(chance)).toBe(true);
  });

  it('takes layers that are dead on both sides as the same', () => {
    const dead = { ours: batches([0, 0], [0, 0]), theirs: batches([0, 0], [0, 0]) };
    const [site] = siteAgreements([dead, dead], ELEMENTS);
    expect(isSame(site)).toBe(true);
    expect(site.within).toBe(1);
  });
});
