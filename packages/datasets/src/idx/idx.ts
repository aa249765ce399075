import type { Dataset } from '@reluctant/core';
import { z } from 'zod';
import { configInvalid } from '../config-invalid.js';
import { dataCorrupt } from '../files/data-corrupt.js';
import { processSurroundings, type Surroundings } from '../files/surroundings.js';
import { whereFound } from '../files/where-found.js';
import { assembleDataset } from '../images/assemble-dataset.js';
import { imageOptions } from '../images/image-options.js';
import type { ImageSet } from '../images/image-set.js';
import { findIdx } from './find-idx.js';
import { idxImages } from './idx-images.js';
import { readIdx } from './read-idx.js';

export const idxOptions = z.strictObject({
  path: z
    .string()
    .min(1)
    .optional()
    .describe('folder with the four IDX files, plain or gzipped; $RELUCTANT_IDX or the usual folders by default'),
  classes: z.int().min(2).max(256).default(10).describe('number of classes; every label must be below'),
  classNames: z.array(z.string().min(1)).optional().describe('names of the classes, in the order of the labels'),
  padTo: z
    .int()
    .min(0)
    .default(32)
    .describe(
      'side of the black square that images are put in the middle of, 32 for the networks made for CIFAR; 0 for none',
    ),
  ...imageOptions,
});
export type IdxOptions = z.infer<typeof idxOptions>;

/** The data set with other surroundings than those of this process, for tests. */
export function createIdx(surroundings: () => Surroundings = processSurroundings): Required<Dataset<IdxOptions>> {
  return {
    kind: 'idx',
    summary: 'MNIST, Fashion-MNIST or anything else in their IDX format: grey images, padded to 32×32',
    options: idxOptions,
    async load(options, context) {
      const { classes, classNames, padTo } = options;
      if (classNames && classNames.length !== classes) {
        throw configInvalid('classNames', `${classNames.length} names are given for ${classes} classes.`);
      }
      const files = await findIdx(options.path, surroundings());
      const read = async (images: string, labels: string): Promise<ImageSet> =>
        idxImages(await readIdx(images, 3, context.signal), await readIdx(labels, 1, context.signal), classes, padTo);
      const train = await read(files.trainImages, files.trainLabels);
      const test = await read(files.testImages, files.testLabels);
      if (train.shape.join() !== test.shape.join()) {
        const problem = `images of ${test.shape.slice(0, 2).join('×')}, but those of ${files.trainImages} are ${train.shape.slice(0, 2).join('×')}`;
        throw dataCorrupt(files.testImages, problem, { offset: 8 });
      }
      return assembleDataset({ train, test, classes, classNames, source: files.folder }, options, context);
    },
    locate: () => whereFound(async () => (await findIdx(undefined, surroundings())).folder),
  };
}

/** Images in the IDX format. */
export const idx = createIdx();
