import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Batch, Dataset } from '../../dataset/dataset.js';
import { Random } from '../../random/random.js';
import { memorySplit } from './memory-split.js';

const size = (images: number) => z.number().int().min(1).default(images);

export const memoryDatasetOptions = z.strictObject({
  content: z
    .enum(['separable', 'random'])
    .default('separable')
    .describe('separable: a pattern a class, with a little noise; random: noise and random labels'),
  inputShape: z
    .tuple([size(4), size(4), size(1)])
    .default([4, 4, 1])
    .describe('[H, W, C] of one image'),
  classes: z.number().int().min(2).default(3).describe('number of classes'),
  trainSize: size(24).describe('training images'),
  testSize: size(12).describe('test images'),
  probeSize: size(12).describe('probe images'),
});
export type MemoryDatasetOptions = z.infer<typeof memoryDatasetOptions>;

/** Small images made on the spot, for tests. Content depends on the options and `context.seed` alone. */
export const memoryDataset: Dataset<MemoryDatasetOptions> = {
  kind: 'memory',
  summary: 'Small images made on the spot, for tests',
  options: memoryDatasetOptions,
  async load(options, { seed }) {
    const [train, test, probe] = (['train', 'test', 'probe'] as const).map((split) =>
      drawImages(options, seed, split, options[`${split}Size`]),
    );
    const digest = createHash('sha256');
    for (const { x, y } of [train, test, probe]) digest.update(bytes(x)).update(bytes(y));
    const { inputShape, classes } = options;
    const channels = inputShape[2];
    return {
      inputShape,
      classes,
      digest: digest.digest('hex'),
      source: 'memory',
      train: memorySplit(train),
      test: memorySplit(test),
      probe: memorySplit(probe),
      normalization: { mean: new Array<number>(channels).fill(0), std: new Array<number>(channels).fill(1) },
    };
  },
};

function drawImages(options: MemoryDatasetOptions, seed: number, split: string, images: number): Batch {
  const { content, inputShape, classes } = options;
  const perImage = inputShape[0] * inputShape[1] * inputShape[2];
  const random = new Random(seed, 'memory', split);
  const x = new Float32Array(images * perImage);
  const y = new Int32Array(images);
  for (let image = 0; image < images; image++) {
    y[image] = content === 'separable' ? image % classes : random.integer(classes);
    const pattern = new Random(seed, 'memory', 'pattern', y[image]);
    for (let i = image * perImage; i < (image + 1) * perImage; i++) {
      x[i] = content === 'separable' ? pattern.normal() + 0.2 * random.normal() : random.normal();
    }
  }
  return { size: images, x, y };
}

function bytes({ buffer }: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer);
}
