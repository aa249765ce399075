import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawView } from './augmentation.js';

const place = [fc.integer(), fc.nat(1000), fc.nat(50_000)] as const;

describe('drawView', () => {
  it('stays within the padding, and depends on its arguments alone', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.boolean(), ...place, (crop, flip, seed, epoch, image) => {
        const view = drawView({ crop, flip }, seed, epoch, image);
        expect(Math.abs(view.top)).toBeLessThanOrEqual(crop);
        expect(Math.abs(view.left)).toBeLessThanOrEqual(crop);
        expect(flip || !view.flipped).toBe(true);
        expect(drawView({ crop, flip }, seed, epoch, image)).toEqual(view);
      }),
    );
  });

  it('crops alike whether or not flips are on', () => {
    fc.assert(
      fc.property(...place, (seed, epoch, image) => {
        const { top, left } = drawView({ crop: 4, flip: true }, seed, epoch, image);
        expect(drawView({ crop: 4, flip: false }, seed, epoch, image)).toEqual({ top, left, flipped: false });
      }),
    );
  });

  it('uses every offset and both orientations about equally often', () => {
    const draws = 9000;
    const tops = new Array<number>(9).fill(0);
    let flips = 0;
    for (let image = 0; image < draws; image++) {
      const { top, flipped } = drawView({ crop: 4, flip: true }, 3, 1, image);
      tops[top + 4]++;
      flips += Number(flipped);
    }
    // Six standard deviations of a binomial count: 6·√(9000·(1/9)·(8/9)) and 6·√(9000/4).
    for (const count of tops) expect(Math.abs(count - draws / 9)).toBeLessThan(179);
    expect(Math.abs(flips - draws / 2)).toBeLessThan(285);
  });
});
