import type { BatchOptions } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from '../testing/collect.js';
import { randomImages } from '../testing/random-images.js';
import { ImageSplit } from './image-split.js';

const IDENTITY = { mean: [0], std: [1 / 255] };

/** Images of one pixel, whose value and label are the image's number. */
function numbered(size: number, augmented = false): ImageSplit {
  const numbers = Array.from({ length: size }, (_, i) => i);
  const images = { shape: [1, 1, 1], pixels: Uint8Array.from(numbers), labels: Int32Array.from(numbers) } as const;
  return new ImageSplit(images, IDENTITY, augmented ? { crop: 0, flip: true } : undefined);
}

const passes = fc.record({
  size: fc.integer({ min: 1, max: 200 }),
  batchSize: fc.integer({ min: 1, max: 70 }),
  seed: fc.integer(),
  epoch: fc.nat(100),
  shuffle: fc.boolean(),
});

describe('ImageSplit', () => {
  it('yields every image once an epoch, with its label, in full batches but for the last', async () => {
    await fc.assert(
      fc.asyncProperty(passes, async ({ size, ...options }) => {
        const batches = await collect(numbered(size, true).batches(options));
        const labels = batches.flatMap(({ y }) => [...y]);
        expect(batches.flatMap(({ x }) => [...x].map(Math.round))).toEqual(labels);
        expect([...labels].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
        const full = Math.floor(size / options.batchSize);
        const rest = size % options.batchSize;
        const sizes = [...new Array<number>(full).fill(options.batchSize), ...(rest > 0 ? [rest] : [])];
        expect(batches.map((batch) => batch.size)).toEqual(sizes);
        expect(batches.map(({ y }) => y.length)).toEqual(sizes);
      }),
    );
  });

  it('skips k batches as if they had been dropped', async () => {
    const split = new ImageSplit(
      randomImages(50, [6, 5, 3]),
      { mean: [0, 0, 0], std: [1, 1, 1] },
      { crop: 2, flip: true },
    );
    await fc.assert(
      fc.asyncProperty(passes, fc.nat(60), async ({ size: _, ...options }, skip) => {
        const all = await collect(split.batches(options));
        expect(await collect(split.batches({ ...options, skip }))).toEqual(all.slice(skip));
      }),
      { numRuns: 30 },
    );
  });

  it('repeats a pass exactly, shuffles anew with epoch and seed, and keeps the order without shuffling', async () => {
    const split = numbered(100);
    const order = async (options: Partial<BatchOptions>): Promise<number[]> =>
      (await collect(split.batches({ batchSize: 10, seed: 1, epoch: 0, shuffle: true, ...options }))).flatMap(
        ({ y }) => [...y],
      );
    expect(await order({})).toEqual(await order({}));
    expect(await order({ batchSize: 7 })).toEqual(await order({}));
    expect(await order({ epoch: 1 })).not.toEqual(await order({}));
    expect(await order({ seed: 2 })).not.toEqual(await order({}));
    expect(await order({ shuffle: false, epoch: 3 })).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('augments an image alike wherever it comes in the epoch, and anew every epoch', async () => {
    const images = randomImages(40, [8, 8, 3], 40);
    const split = new ImageSplit(images, { mean: [0, 0, 0], std: [1, 1, 1] }, { crop: 3, flip: true });
    const byImage = async (epoch: number, shuffle: boolean): Promise<Map<number, Float32Array>> => {
      const batches = await collect(split.batches({ batchSize: 1, seed: 5, epoch, shuffle }));
      return new Map(batches.map(({ x, y }) => [y[0], x] as const).sort(([a], [b]) => a - b));
    };
    expect(await byImage(2, true)).toEqual(await byImage(2, false));
    expect(await byImage(3, false)).not.toEqual(await byImage(2, false));
  });

  it('gives every batch arrays of its own', async () => {
    const [first, second] = await collect(numbered(4).batches({ batchSize: 2, seed: 0, epoch: 0, shuffle: false }));
    expect(first.x.buffer).not.toBe(second.x.buffer);
    expect([...first.y, ...second.y]).toEqual([0, 1, 2, 3]);
  });

  it.each([
    [{ batchSize: 0 }, 'batchSize must be an integer of at least 1, but is 0.'],
    [{ batchSize: 2.5 }, 'batchSize must be an integer of at least 1, but is 2.5.'],
    [{ skip: -1 }, 'skip must be an integer of at least 0, but is -1.'],
  ])('refuses %j', async (options, message) => {
    const pass = numbered(4).batches({ batchSize: 2, seed: 0, epoch: 0, shuffle: false, ...options });
    await expect(collect(pass)).rejects.toMatchObject({ code: 'CONFIG_INVALID', message });
  });
});
