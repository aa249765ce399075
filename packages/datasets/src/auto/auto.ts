import type { Dataset, LoadedDataset } from '@reluctant/core';
import { z } from 'zod';
import { createCifar10 } from '../cifar10/cifar10.js';
import { findCifar10 } from '../cifar10/find-cifar10.js';
import { processSurroundings, type Surroundings } from '../files/surroundings.js';
import { createIdx } from '../idx/idx.js';
import { imageOptions } from '../images/image-options.js';
import { textures } from '../textures/textures.js';

export const autoOptions = z.strictObject(imageOptions);
export type AutoOptions = z.infer<typeof autoOptions>;

/** The data set with other surroundings than those of this process, for tests. */
export function createAuto(surroundings: () => Surroundings = processSurroundings): Required<Dataset<AutoOptions>> {
  const cifar10 = createCifar10(undefined, surroundings);
  const idx = createIdx(surroundings);
  return {
    kind: 'auto',
    summary: 'The first that needs no download: cifar10, idx, else textures',
    options: autoOptions,
    async load(options, context) {
      const named = (kind: string, dataset: LoadedDataset): LoadedDataset => ({
        ...dataset,
        source: `${kind}: ${dataset.source}`,
      });
      // A folder that is named wrongly or lacks files is told, not passed over.
      const cifar10Folder = await findCifar10(undefined, surroundings());
      if (cifar10Folder !== undefined) {
        const found = cifar10.options.parse({ ...options, path: cifar10Folder, download: false });
        return named('cifar10', await cifar10.load(found, context));
      }
      const idxFolder = surroundings().env.RELUCTANT_IDX || (await idx.locate());
      if (idxFolder !== undefined) {
        return named('idx', await idx.load(idx.options.parse({ ...options, path: idxFolder }), context));
      }
      return named('textures', await textures.load(textures.options.parse(options), context));
    },
    async locate() {
      return (await cifar10.locate()) ?? (await idx.locate()) ?? textures.locate();
    },
  };
}

/** Whatever is at hand. */
export const auto = createAuto();
