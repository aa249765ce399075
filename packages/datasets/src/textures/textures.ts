import type { Dataset } from '@reluctant/core';
import { z } from 'zod';
import { assembleDataset } from '../images/assemble-dataset.js';
import { imageOptions } from '../images/image-options.js';
import { drawTextures } from './draw-textures.js';
import { TEXTURE_CLASSES } from './texture-classes.js';

export const texturesOptions = z.strictObject({
  ...imageOptions,
  seed: z.int().default(0).describe('seed of the images, apart from the seed of the run'),
  trainSize: z.int().positive().max(100_000).default(4000).describe('number of training images to draw'),
  testSize: z.int().positive().max(100_000).default(1000).describe('number of test images to draw'),
});
export type TexturesOptions = z.infer<typeof texturesOptions>;

/**
 * Drawn on the spot, for tests and first steps without any data: a small convolutional network learns them well, a linear
 * model hardly at all, because every pixel has the same mean in every class.
 */
export const textures: Required<Dataset<TexturesOptions>> = {
  kind: 'textures',
  summary: 'Ten classes of drawn 32×32 colour textures, no download',
  options: texturesOptions,
  async load(options, context) {
    const train = drawTextures(options.trainSize, options.seed, 'train', context.signal);
    const test = drawTextures(options.testSize, options.seed, 'test', context.signal);
    const classNames = TEXTURE_CLASSES.map(({ name }) => name);
    return assembleDataset(
      { train, test, classes: classNames.length, classNames, source: 'procedural' },
      options,
      context,
    );
  },
  locate: async () => 'procedural',
};
