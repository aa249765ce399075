import { describe, expect, it } from 'vitest';
import { isWithin, siteAgreements } from './probability-agreement.js';

/** Ten elements of two units in each batch. */
const batches = (...fired: [number, number][]) => fired.map((units) => ({ relu: units }));
const ELEMENTS = { relu: 10 };

describe('siteAgreements', () => {
  it('is the mean on each side, and what images leave open', () => {
    const [site] = siteAgreements(batches([2, 4], [4, 6], [6, 8]), batches([3, 5], [5, 7], [7, 9]), ELEMENTS);
    // .3, .5, .7: standard error .2 / √3, t of 2 degrees of freedom 4.3027
    expect(site).toMatchObject({ site: 'relu', unitsWithin: 1 });
    expect(site.ours).toBeCloseTo(0.5, 12);
    expect(site.theirs).toBeCloseTo(0.6, 12);
    expect(site.margin).toBeCloseTo(0.49683, 4);
    expect(isWithin(site)).toBe(true);
  });

  it('tells sides that differ by more than that, and units of a layer that agrees', () => {
    const steady = batches([2, 4], [2, 4], [2, 4.1]);
    const [apart] = siteAgreements(steady, batches([3, 5], [3, 5], [3, 5]), ELEMENTS);
    expect(isWithin(apart)).toBe(false);
    // As much is lost here as is gained there.
    const [swapped] = siteAgreements(steady, batches([3, 3], [3, 3], [3, 3.1]), ELEMENTS);
    expect(isWithin(swapped)).toBe(true);
    expect(swapped.unitsWithin).toBe(0);
  });

  it('takes units dead on both sides as agreeing, and one dead on one side only as not', () => {
    const [site] = siteAgreements(batches([0, 0], [0, 0]), batches([0, 5], [0, 5]), ELEMENTS);
    expect(site.unitsWithin).toBe(0.5);
  });
});
