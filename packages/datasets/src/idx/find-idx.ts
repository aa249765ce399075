import { join, resolve } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { kindOfPath } from '../files/kind-of-path.js';
import { cacheFolder, type Surroundings } from '../files/surroundings.js';

/** The four files of a data set in the layout of MNIST. */
export interface IdxFiles {
  readonly folder: string;
  readonly trainImages: string;
  readonly trainLabels: string;
  readonly testImages: string;
  readonly testLabels: string;
}

const STEMS = {
  trainImages: ['train-images', 'idx3-ubyte'],
  trainLabels: ['train-labels', 'idx1-ubyte'],
  testImages: ['t10k-images', 'idx3-ubyte'],
  testLabels: ['t10k-labels', 'idx1-ubyte'],
} as const;
type Part = keyof typeof STEMS;

/**
 * The files in `path` where given, else in the first complete one of: `$RELUCTANT_IDX`, the cache (`fashion-mnist`, `mnist`),
 * the folders of Debian's packages, torchvision's below the working folder. Throws `DATASET_NOT_FOUND` naming what was
 * looked for.
 */
export async function findIdx(path: string | undefined, surroundings: Surroundings): Promise<IdxFiles> {
  const named = path ?? (surroundings.env.RELUCTANT_IDX || undefined);
  if (named !== undefined) {
    const folder = resolve(surroundings.cwd, named);
    const { files, missing } = await lookInto(folder);
    if (files) return files;
    const wanted = missing.map((part) => `${STEMS[part].join('-')}[.gz]`).join(', ');
    throw new ReluctantError(
      'DATASET_NOT_FOUND',
      `IDX files were looked for in ${folder}, where ${wanted} can't be found.`,
    );
  }
  const folders = usualFolders(surroundings);
  for (const folder of folders) {
    const { files } = await lookInto(folder);
    if (files) return files;
  }
  throw new ReluctantError(
    'DATASET_NOT_FOUND',
    `No MNIST or Fashion-MNIST (${Object.values(STEMS)
      .map((stem) => `${stem.join('-')}[.gz]`)
      .join(', ')}) in ` +
      `${folders.join(', ')}. Set dataset.path or RELUCTANT_IDX to its folder, or install Debian's dataset-fashion-mnist.`,
  );
}

function usualFolders(surroundings: Surroundings): string[] {
  const cache = cacheFolder(surroundings);
  return [
    join(cache, 'fashion-mnist'),
    join(cache, 'mnist'),
    '/usr/share/datasets/fashion-mnist',
    '/usr/share/datasets/mnist',
    join(surroundings.cwd, 'data', 'FashionMNIST', 'raw'),
    join(surroundings.cwd, 'data', 'MNIST', 'raw'),
  ];
}

async function lookInto(folder: string): Promise<{ files?: IdxFiles; missing: Part[] }> {
  const parts = Object.keys(STEMS) as Part[];
  const found = await Promise.all(parts.map((part) => findPart(folder, part)));
  const missing = parts.filter((_, i) => found[i] === undefined);
  if (missing.length > 0) return { missing };
  const [trainImages, trainLabels, testImages, testLabels] = found as string[];
  return { missing, files: { folder, trainImages, trainLabels, testImages, testLabels } };
}

/** `train-images-idx3-ubyte` or `train-images.idx3-ubyte`, plain before gzipped. */
async function findPart(folder: string, part: Part): Promise<string | undefined> {
  const [stem, type] = STEMS[part];
  for (const name of [`${stem}-${type}`, `${stem}.${type}`]) {
    for (const path of [join(folder, name), join(folder, `${name}.gz`)]) {
      if ((await kindOfPath(path)) === 'file') return path;
    }
  }
  return undefined;
}
