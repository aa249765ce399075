import { join } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { kindOfPath } from '../files/kind-of-path.js';

/** The files of the binary version, https://www.cs.toronto.edu/~kriz/cifar.html. */
export const TRAIN_FILES = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);
export const TEST_FILE = 'test_batch.bin';
export const CIFAR10_FILES: readonly string[] = [...TRAIN_FILES, TEST_FILE];
/** The folder inside the authors' archive. */
export const ARCHIVE_FOLDER = 'cifar-10-batches-bin';

/**
 * The folder with all six files: the given one, or `cifar-10-batches-bin` in it. Throws `DATASET_NOT_FOUND` naming the
 * folder or the files that are missing.
 */
export async function requireCifar10Folder(folder: string): Promise<string> {
  if ((await kindOfPath(folder)) !== 'folder') {
    throw new ReluctantError('DATASET_NOT_FOUND', `CIFAR-10 was looked for in ${folder}, which is no folder.`);
  }
  const missing = await missingFiles(folder);
  if (missing.length === 0) return folder;
  const nested = join(folder, ARCHIVE_FOLDER);
  if ((await missingFiles(nested)).length === 0) return nested;
  throw new ReluctantError(
    'DATASET_NOT_FOUND',
    `CIFAR-10 was looked for in ${folder}, where ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing. ` +
      `Unpack the binary version there, all six files.`,
  );
}

async function missingFiles(folder: string): Promise<string[]> {
  const kinds = await Promise.all(CIFAR10_FILES.map((name) => kindOfPath(join(folder, name))));
  return CIFAR10_FILES.filter((_, i) => kinds[i] !== 'file');
}
