import { describe, expect, it } from 'vitest';
import { memorySplit } from '../testing/fakes/memory-split.js';
import type { Batch, BatchOptions } from './dataset.js';
import { leadingImages } from './leading-images.js';

const split = memorySplit({
  size: 10,
  x: Float32Array.from({ length: 20 }, (_, i) => i),
  y: Int32Array.from({ length: 10 }, (_, i) => i),
});

async function batchesOf(images: number, options: Partial<BatchOptions>): Promise<Batch[]> {
  const batches: Batch[] = [];
  const order = { batchSize: 4, seed: 1, epoch: 0, shuffle: false, ...options };
  for await (const batch of leadingImages(split, images).batches(order)) batches.push(batch);
  return batches;
}

describe('leadingImages', () => {
  it.each([
    [7, {}, [4, 3]],
    [8, {}, [4, 4]],
    [3, {}, [3]],
    [7, { skip: 1 }, [3]],
    [7, { skip: 2 }, []],
    [10, {}, [4, 4, 2]],
    [99, {}, [4, 4, 2]],
  ])('gives the first %i images in batches (%j)', async (images, options, sizes) => {
    const batches = await batchesOf(images, options);
    expect(batches.map(({ size }) => size)).toEqual(sizes);
    const first = 4 * ((options as Partial<BatchOptions>).skip ?? 0);
    const labels = batches.flatMap(({ y }) => [...y]);
    expect(labels).toEqual(labels.map((_, i) => first + i));
    expect(batches.flatMap(({ x }) => [...x])).toEqual(labels.flatMap((label) => [2 * label, 2 * label + 1]));
  });

  it('has the size of what it gives', () => {
    expect([leadingImages(split, 7).size, leadingImages(split, 99).size]).toEqual([7, 10]);
  });
});
