import { resolve, join } from 'node:path';
import { Random, ReluctantError, type Dataset, type LoadContext } from '@reluctant/core';
import { z } from 'zod';
import { configInvalid } from '../config-invalid.js';
import { kindOfPath } from '../files/kind-of-path.js';
import { assembleDataset, type RawDataset } from '../images/assemble-dataset.js';
import { imageOptions } from '../images/image-options.js';
import { stratifiedChoice } from '../images/stratified-choice.js';
import { decodeImages } from './decode-images.js';
import { isDivided, listImageFolder, type ImageListing } from './list-image-folder.js';

const side = z.int().min(1).max(4096);

export const imageFolderOptions = z.strictObject({
  path: z
    .string()
    .min(1)
    .describe('folder with a folder of PNG or JPEG files per class, or with train and test folders of such'),
  size: z.tuple([side, side]).default([32, 32]).describe('[height, width] that every image is brought to, in pixels'),
  fit: z
    .enum(['cover', 'fill'])
    .default('cover')
    .describe('cover: scaled to fill the size, the middle kept; fill: stretched to the size'),
  colour: z.enum(['rgb', 'grey']).default('rgb').describe('three channels or one'),
  testFraction: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.2)
    .describe(
      'share of every class held out as test images where there is no test folder; the same whatever the seed of the run',
    ),
  ...imageOptions,
});
export type ImageFolderOptions = z.infer<typeof imageFolderOptions>;

/** Images in folders named after their classes. */
export const imageFolder: Dataset<ImageFolderOptions> = {
  kind: 'image-folder',
  summary: 'Your own PNG or JPEG files, one folder per class',
  options: imageFolderOptions,
  async load(options, context) {
    const root = resolve(options.path);
    if ((await kindOfPath(root)) !== 'folder') {
      throw new ReluctantError('DATASET_NOT_FOUND', `dataset.path leads to ${root}, which is no folder.`);
    }
    const raw = (await isDivided(root)) ? loadDivided(root, options, context) : loadWhole(root, options, context);
    return assembleDataset(await raw, options, context);
  },
};

async function loadDivided(root: string, options: ImageFolderOptions, context: LoadContext): Promise<RawDataset> {
  const train = await listImageFolder(join(root, 'train'), root);
  const test = await listImageFolder(join(root, 'test'), root);
  const { classNames } = train;
  if (classNames.join('/') !== test.classNames.join('/')) {
    const message = `${root}: train holds the classes ${classNames.join(', ')}, but test ${test.classNames.join(', ')}.`;
    throw new ReluctantError('DATASET_CORRUPT', `${message} Give both the same folders.`);
  }
  return {
    train: await decodeImages(train.files, options, context),
    test: await decodeImages(test.files, options, context),
    classes: classNames.length,
    classNames,
    source: root,
  };
}

async function loadWhole(root: string, options: ImageFolderOptions, context: LoadContext): Promise<RawDataset> {
  const { classNames, files } = await listImageFolder(root, root);
  const testSize = Math.round(options.testFraction * files.length);
  if (testSize === 0 || testSize === files.length) {
    throw configInvalid(
      'testFraction',
      `${options.testFraction} of ${files.length} images leaves no image to train or to test on.`,
    );
  }
  const labels = Int32Array.from(files, ({ label }) => label);
  // Without the run's seed, so that runs with other seeds are judged on the same images.
  const { chosen, rest } = stratifiedChoice(labels, classNames.length, testSize, new Random('image-folder', 'test'));
  const pick = (indices: Uint32Array): ImageListing['files'] => Array.from(indices, (index) => files[index]);
  return {
    train: await decodeImages(pick(rest), options, context),
    test: await decodeImages(pick(chosen), options, context),
    classes: classNames.length,
    classNames,
    source: root,
  };
}
