import { ReluctantError, type Dataset, type LoadContext } from '@reluctant/core';
import { z } from 'zod';
import { whereFound } from '../files/where-found.js';
import { processSurroundings, type Surroundings } from '../files/surroundings.js';
import { assembleDataset } from '../images/assemble-dataset.js';
import { imageOptions } from '../images/image-options.js';
import { TEST_FILE, TRAIN_FILES } from './cifar10-files.js';
import { cachedCifar10Folder, findCifar10 } from './find-cifar10.js';
import { installCifar10, OFFICIAL_ARCHIVE, type Archive } from './install-cifar10.js';
import { CLASS_NAMES, readCifar10 } from './read-cifar10.js';

export const cifar10Options = z.strictObject({
  path: z
    .string()
    .min(1)
    .optional()
    .describe(
      'folder with data_batch_1.bin … data_batch_5.bin and test_batch.bin; $RELUCTANT_CIFAR10 or the cache by default',
    ),
  download: z
    .boolean()
    .default(true)
    .describe(
      "whether to fetch the data (163 MB) from the authors' page where neither a path is given nor the cache filled",
    ),
  ...imageOptions,
});
export type Cifar10Options = z.infer<typeof cifar10Options>;

/** The data set with another archive or other surroundings than the usual, for mirrors and tests. */
export function createCifar10(
  archive: Archive = OFFICIAL_ARCHIVE,
  surroundings: () => Surroundings = processSurroundings,
): Required<Dataset<Cifar10Options>> {
  const folderOf = async (options: Cifar10Options, context: LoadContext): Promise<string> => {
    const found = await findCifar10(options.path, surroundings());
    if (found !== undefined) return found;
    const target = cachedCifar10Folder(surroundings());
    if (!options.download || context.offline) {
      throw new ReluctantError(
        'DATASET_NOT_FOUND',
        `CIFAR-10 was looked for in ${target}. Set RELUCTANT_CIFAR10 or dataset.path to its folder, or allow dataset.download.`,
      );
    }
    await installCifar10(target, archive, context);
    return target;
  };

  return {
    kind: 'cifar10',
    summary: 'CIFAR-10: 50,000 + 10,000 colour images of 32×32 in ten classes (Krizhevsky 2009)',
    options: cifar10Options,
    async load(options, context) {
      const folder = await folderOf(options, context);
      const train = await readCifar10(folder, TRAIN_FILES, context.signal);
      const test = await readCifar10(folder, [TEST_FILE], context.signal);
      const raw = { train, test, classes: CLASS_NAMES.length, classNames: CLASS_NAMES, source: folder };
      return assembleDataset(raw, options, context);
    },
    locate: () => whereFound(() => findCifar10(undefined, surroundings())),
  };
}

/** CIFAR-10 from a folder, the cache or the authors' page. */
export const cifar10 = createCifar10();
