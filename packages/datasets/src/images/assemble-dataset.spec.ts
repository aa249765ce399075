import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collect } from '../testing/collect.js';
import { randomImages } from '../testing/random-images.js';
import { assembleDataset, type RawDataset } from './assemble-dataset.js';
import { imageOptions } from './image-options.js';

const schema = z.strictObject(imageOptions);
const raw: RawDataset = {
  train: randomImages(60, [4, 4, 3], 3, 1),
  test: randomImages(30, [4, 4, 3], 3, 2),
  classes: 3,
  source: 'nowhere',
};
const assemble = (options: z.input<typeof schema>, seed = 1): ReturnType<typeof assembleDataset> =>
  assembleDataset(raw, schema.parse(options), { seed });
const everything = { batchSize: 1000, seed: 1, epoch: 0, shuffle: false };

describe('assembleDataset', () => {
  it('tells the task, and keeps all images without options', () => {
    const data = assemble({});
    expect(data).toMatchObject({ inputShape: [4, 4, 3], classes: 3, source: 'nowhere' });
    expect([data.train.size, data.test.size, data.probe.size]).toEqual([60, 30, 30]);
    expect(data.probe).toBe(data.test);
    expect(data.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('normalises by the training images to mean 0 and standard deviation 1', async () => {
    const [{ x }] = await collect(assemble({}).train.batches(everything));
    for (let channel = 0; channel < 3; channel++) {
      const values = [...x].filter((_, i) => i % 3 === channel);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      expect(mean).toBeCloseTo(0, 5);
      expect(variance).toBeCloseTo(1, 5);
    }
  });

  it('normalises by given numbers, and reports them', async () => {
    const normalization = { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] };
    const data = assemble({ normalization });
    expect(data.normalization).toEqual(normalization);
    expect(data.inputRange).toEqual({ lower: [0, 0, 0], upper: [255, 255, 255] });
    const [{ x }] = await collect(data.test.batches(everything));
    expect(Uint8Array.from(x, Math.round)).toEqual(raw.test.pixels);
  });

  it('takes subsets in which every class has its share, the same for the same seed', async () => {
    const data = assemble({ trainSize: 12, testSize: 6 });
    const [{ y }] = await collect(data.train.batches(everything));
    expect([...y].sort()).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    expect(data.test.size).toBe(6);
    expect(assemble({ trainSize: 12, testSize: 6 }).digest).toBe(data.digest);
    expect(assemble({ trainSize: 12, testSize: 6 }, 2).digest).not.toBe(data.digest);
    expect(assemble({}, 2).digest).toBe(assemble({}).digest);
  });

  it('measures the normalisation on the training images that are kept', () => {
    expect(assemble({ trainSize: 3 }).normalization).not.toEqual(assemble({}).normalization);
  });

  it('probes the test images, or a share of either split, never augmented', async () => {
    const augment = { crop: 2, flip: true };
    const plain = assemble({ probe: { split: 'train', size: 9 } });
    const augmented = assemble({ augment, probe: { split: 'train', size: 9 } });
    expect(plain.probe.size).toBe(9);
    expect(await collect(augmented.probe.batches(everything))).toEqual(await collect(plain.probe.batches(everything)));
    expect(await collect(augmented.test.batches(everything))).toEqual(await collect(plain.test.batches(everything)));
    expect(await collect(augmented.train.batches(everything))).not.toEqual(
      await collect(plain.train.batches(everything)),
    );
    const byDefault = assemble({});
    expect(await collect(byDefault.probe.batches(everything))).toEqual(
      await collect(byDefault.test.batches(everything)),
    );
  });

  it.each([
    [{ trainSize: 61 }, 'trainSize', '61 images are asked for, but only 60 are there (nowhere). Ask for at most 60.'],
    [{ testSize: 31 }, 'testSize', '31 images are asked for, but only 30 are there (nowhere). Ask for at most 30.'],
    [
      { testSize: 10, probe: { size: 11 } },
      'probe.size',
      '11 images are asked for, but only 10 are there (nowhere). Ask for at most 10.',
    ],
    [{ augment: { crop: 4 } }, 'augment.crop', 'must be below 4, the shorter side of an image, but is 4.'],
    [
      { normalization: { mean: [0], std: [1, 1, 1] } },
      'normalization.mean',
      'the images have 3 channel(s), but 1 number(s) are given.',
    ],
    [
      { normalization: { mean: [0, 0, 0], std: [1] } },
      'normalization.std',
      'the images have 3 channel(s), but 1 number(s) are given.',
    ],
  ])('refuses %j', (options, option, message) => {
    const path = `dataset.${option}`;
    expect(() => assemble(options)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: `${path}: ${message}`, issues: [{ path, message }] }),
    );
  });

  it.each([
    { trainSize: 0 },
    { trainSize: 1.5 },
    { augment: { crop: -1 } },
    { normalization: { mean: [0], std: [0] } },
    { size: 3 },
  ])('its schema refuses %j', (options) => {
    expect(schema.safeParse(options).success).toBe(false);
  });

  it('stops where the signal has fired', () => {
    const signal = AbortSignal.abort();
    expect(() => assembleDataset(raw, schema.parse({}), { seed: 1, signal })).toThrow(
      expect.objectContaining({ code: 'INTERRUPTED' }),
    );
  });
});
