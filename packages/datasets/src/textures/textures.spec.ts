import { Random, type Batch } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { collect } from '../testing/collect.js';
import { SoftmaxRegression } from '../testing/softmax-regression.js';
import { TEXTURE_CLASSES } from './texture-classes.js';
import { textures, texturesOptions } from './textures.js';

const load = (options: object = {}, seed = 1): ReturnType<typeof textures.load> =>
  textures.load(texturesOptions.parse(options), { seed });
const everything = { batchSize: 10_000, seed: 1, epoch: 0, shuffle: false };

describe('textures', () => {
  it('draws ten classes in turn, 4,000 to train and 1,000 to test', async () => {
    const data = await load();
    expect(data).toMatchObject({ inputShape: [32, 32, 3], classes: 10, source: 'procedural' });
    expect(data.classNames).toHaveLength(10);
    expect([data.train.size, data.test.size]).toEqual([4000, 1000]);
    const [{ y }] = await collect(data.test.batches(everything));
    expect([...y]).toEqual(Array.from({ length: 1000 }, (_, i) => i % 10));
  });

  it('depends on its own seed alone, and never changes', async () => {
    const small = { trainSize: 40, testSize: 20 };
    const { digest } = await load(small);
    expect(digest).toBe('9b3ce23859e47ac69a921b6c52c5580dd742741f8b9b5604512f76ed3ce7423d');
    expect((await load(small, 2)).digest).toBe(digest);
    expect((await load({ ...small, seed: 1 })).digest).not.toBe(digest);
  });

  it('draws other images for test than for train, and the same first ones whatever the size', async () => {
    const first = async (options: object, split: 'train' | 'test'): Promise<Float32Array> => {
      const normalization = { mean: [0, 0, 0], std: [1, 1, 1] };
      const data = await load({ testSize: 10, normalization, ...options });
      return (await collect(data[split].batches({ ...everything, batchSize: 10 })))[0].x;
    };
    expect(await first({ trainSize: 10 }, 'train')).toEqual(await first({ trainSize: 30 }, 'train'));
    expect(await first({ trainSize: 10 }, 'train')).not.toEqual(await first({ trainSize: 10 }, 'test'));
  });

  it('stops where the signal has fired', async () => {
    const context = { seed: 1, signal: AbortSignal.abort() };
    await expect(textures.load(texturesOptions.parse({}), context)).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });

  it('is beyond a linear model', async () => {
    const data = await load({ trainSize: 1500, testSize: 500 });
    const [train] = await collect(data.train.batches(everything));
    const [test] = await collect(data.test.batches(everything));
    const regression = new SoftmaxRegression(32 * 32 * 3, 10);
    regression.train(train, 3, 1e-3);
    expect(regression.accuracy(train)).toBeGreaterThan(0.3);
    expect(regression.accuracy(test)).toBeLessThan(0.5);
  });

  it('…and that linear model is a sound one: it learns classes that differ in their mean', () => {
    const random = new Random(1);
    const draw = (size: number): Batch => {
      const y = Int32Array.from({ length: size }, (_, i) => i % 3);
      const x = Float32Array.from(
        { length: size * 3 },
        (_, k) => Number(k % 3 === y[Math.floor(k / 3)]) + 0.3 * random.normal(),
      );
      return { size, x, y };
    };
    const regression = new SoftmaxRegression(3, 3);
    regression.train(draw(600), 5, 0.1);
    // The Bayes rule picks the largest of three values and is wrong in less than 2·Φ(−1/(0.3·√2)) = 1.9 % of cases.
    expect(regression.accuracy(draw(600))).toBeGreaterThan(0.95);
  });
});

describe('TEXTURE_CLASSES', () => {
  it('stay within [0, 1]', () => {
    for (const { name, draw } of TEXTURE_CLASSES) {
      for (let seed = 0; seed < 20; seed++) {
        const field = draw(new Random(seed), 32);
        const values = Array.from({ length: 1024 }, (_, i) => field(i % 32, i >> 5));
        expect(Math.min(...values), name).toBeGreaterThanOrEqual(0);
        expect(Math.max(...values), name).toBeLessThanOrEqual(1);
      }
    }
  });

  it.each([
    ['horizontal stripes', 0, 1],
    ['vertical stripes', 1, 0],
    ['rising stripes', 1, -1],
    ['falling stripes', 1, 1],
  ])('%s change along (%d, %d), and less across', (name, dx, dy) => {
    const { draw } = TEXTURE_CLASSES.find((texture) => texture.name === name)!;
    for (let seed = 0; seed < 20; seed++) {
      const field = draw(new Random(seed), 32);
      const change = (stepX: number, stepY: number): number => {
        let sum = 0;
        for (let i = 0; i < 1024; i++) {
          const [x, y] = [i % 32, i >> 5];
          sum += Math.abs(field(x + stepX, y + stepY) - field(x, y));
        }
        return sum;
      };
      expect(change(dx, dy)).toBeGreaterThan(2 * change(-dy, dx));
    }
  });
});
