import { expect, it } from 'vitest';
import type { Batch, Split } from '../../dataset/dataset.js';
import { memoryDataset } from './memory-dataset.js';

const OPTIONS = { batchSize: 5, seed: 1, epoch: 0, shuffle: false };

async function collect(split: Split, options: Partial<Parameters<Split['batches']>[0]> = {}): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of split.batches({ ...OPTIONS, ...options })) batches.push(batch);
  return batches;
}

const load = (options: object = {}, seed = 1) =>
  memoryDataset.load(memoryDataset.options.parse({ probeSize: 12, ...options }), { seed });

it('gives every image once, in batches of which the last may be smaller', async () => {
  const { probe } = await load();
  const batches = await collect(probe);
  expect(batches.map(({ size, x, y }) => [size, x.length, y.length])).toEqual([
    [5, 80, 5],
    [5, 80, 5],
    [2, 32, 2],
  ]);
});

it('shuffles by seed and epoch, and skips without changing the order', async () => {
  const { train } = await load();
  const labelled = (batches: Batch[]) => batches.map(({ x }) => Array.from(x));
  const shuffled = await collect(train, { shuffle: true });
  expect(labelled(await collect(train, { shuffle: true }))).toEqual(labelled(shuffled));
  expect(labelled(await collect(train, { shuffle: true, skip: 2 }))).toEqual(labelled(shuffled.slice(2)));
  expect(labelled(await collect(train, { shuffle: true, epoch: 1 }))).not.toEqual(labelled(shuffled));
  const pixels = (batches: Batch[]) => batches.flatMap(({ x }) => Array.from(x)).sort();
  expect(pixels(shuffled)).toEqual(pixels(await collect(train)));
});

it('has content that follows from the seed, and a digest that follows from the content', async () => {
  const [one, same, other] = await Promise.all([load(), load(), load({}, 2)]);
  expect(one.digest).toBe(same.digest);
  expect(one.digest).not.toBe(other.digest);
});

it('is separable: images lie nearer to their own class than to any other', async () => {
  const { train, test, classes } = await load();
  const [known] = await collect(train, { batchSize: 24 });
  const [asked] = await collect(test, { batchSize: 12 });
  const image = ({ x }: Batch, index: number) => x.slice(index * 16, (index + 1) * 16);
  const distance = (a: Float32Array, b: Float32Array) => Math.hypot(...a.map((value, i) => value - b[i]));
  for (let index = 0; index < asked.size; index++) {
    // The first images of the training split are one of each class.
    const distances = Array.from({ length: classes }, (_, label) => distance(image(asked, index), image(known, label)));
    expect(distances.indexOf(Math.min(...distances))).toBe(asked.y[index]);
  }
});
