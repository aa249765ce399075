import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cacheFolder, type Surroundings } from '../files/surroundings.js';
import { kindOfPath } from '../files/kind-of-path.js';
import { requireCifar10Folder } from './cifar10-files.js';

/** Where downloaded files are kept. */
export function cachedCifar10Folder(surroundings: Surroundings): string {
  return join(cacheFolder(surroundings), 'cifar10');
}

/**
 * The folder with the six files: `path` where given, else `$RELUCTANT_CIFAR10` where set, else the cache. Undefined where
 * none is named and the cache is empty. Throws `DATASET_NOT_FOUND` where the named or cached folder lacks files.
 */
export async function findCifar10(path: string | undefined, surroundings: Surroundings): Promise<string | undefined> {
  const named = path ?? (surroundings.env.RELUCTANT_CIFAR10 || undefined);
  if (named !== undefined) return requireCifar10Folder(resolve(surroundings.cwd, named));
  const cached = cachedCifar10Folder(surroundings);
  return (await isEmpty(cached)) ? undefined : requireCifar10Folder(cached);
}

async function isEmpty(folder: string): Promise<boolean> {
  const kind = await kindOfPath(folder);
  return kind === 'nothing' || (kind === 'folder' && (await readdir(folder)).length === 0);
}
