import { stat } from 'node:fs/promises';
import { ReluctantError } from '@reluctant/core';

/** What a path leads to, links followed. Throws `DATASET_NOT_FOUND` where that can't be told, for want of permission say. */
export async function kindOfPath(path: string): Promise<'file' | 'folder' | 'other' | 'nothing'> {
  try {
    const status = await stat(path);
    if (status.isFile()) return 'file';
    return status.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'nothing';
    throw ReluctantError.from(error, 'DATASET_NOT_FOUND', `${path} can't be looked up`);
  }
}
