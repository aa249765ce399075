import type { LoadedDataset } from '@reluctant/core';
import { cifar10, textures, type TexturesOptions } from '@reluctant/datasets';

/** A data set and its kind. */
export interface LearnableDataset {
  readonly kind: string;
  readonly data: LoadedDataset;
}

/**
 * Images that a network learns from: CIFAR-10 where `RELUCTANT_CIFAR10` names its folder, otherwise drawn textures.
 * @throws ReluctantError `DATASET_NOT_FOUND` or `DATASET_CORRUPT` where that folder does not hold them
 */
export async function learnableDataset(augment?: TexturesOptions['augment']): Promise<LearnableDataset> {
  const context = { seed: 1 };
  if (!process.env.RELUCTANT_CIFAR10) {
    return { kind: textures.kind, data: await textures.load(textures.options.parse({ augment }), context) };
  }
  const options = cifar10.options.parse({ download: false, augment });
  return { kind: cifar10.kind, data: await cifar10.load(options, context) };
}
