import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from '../testing/collect.js';
import { randomImages } from '../testing/random-images.js';
import { ImageSplit } from './image-split.js';
import { inputRange } from './input-range.js';

const everything = { batchSize: 1000, seed: 1, epoch: 0, shuffle: false };

describe('inputRange', () => {
  it('is where black and white go', () => {
    const { lower, upper } = inputRange({ mean: [0.5, 0], std: [0.25, 1 / 255] });
    expect(lower).toEqual([-2, 0]);
    expect(upper).toEqual([2, 255]);
  });

  it('holds the padding of a crop, which may lie outside of where pixels go', () => {
    const normalization = { mean: [-1], std: [1] };
    expect(inputRange(normalization, { crop: 0, flip: true })).toEqual({ lower: [1], upper: [2] });
    expect(inputRange(normalization, { crop: 1, flip: false })).toEqual({ lower: [0], upper: [2] });
  });

  it('holds every pixel of every batch, whatever the normalisation, augmented or not', async () => {
    const number = fc.double({ min: -2, max: 2, noNaN: true });
    const deviation = fc.double({ min: 0.01, max: 3, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.record({ mean: fc.tuple(number, number, number), std: fc.tuple(deviation, deviation, deviation) }),
        fc.option(fc.record({ crop: fc.integer({ min: 0, max: 2 }), flip: fc.boolean() }), { nil: undefined }),
        fc.nat(),
        async (normalization, augmentation, seed) => {
          const { lower, upper } = inputRange(normalization, augmentation);
          const images = randomImages(6, [4, 4, 3], 3, seed);
          images.pixels.set([0, 0, 0, 255, 255, 255]);
          const [{ x }] = await collect(new ImageSplit(images, normalization, augmentation).batches(everything));
          expect(x.every((value, i) => value >= lower[i % 3] && value <= upper[i % 3])).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});
