import { readFile } from 'node:fs/promises';
import { ReluctantError } from '@reluctant/core';
import { throwIfAborted } from '../throw-if-aborted.js';

/** All bytes of a file. Throws `DATASET_NOT_FOUND` naming it where it can't be read, `INTERRUPTED` where the signal fires. */
export async function readDataFile(path: string, signal?: AbortSignal): Promise<Buffer> {
  try {
    return await readFile(path, { signal });
  } catch (error) {
    throwIfAborted(signal, `reading ${path}`);
    throw ReluctantError.from(error, 'DATASET_NOT_FOUND', `${path} can't be read`);
  }
}
