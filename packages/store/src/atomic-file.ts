import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Ending of the files that are being written; one left behind by a killed process may be removed. */
export const TEMPORARY_SUFFIX = '.tmp';

/**
 * Writes a file so that at any time either the whole new content or what was there before is found under `path`, also after a
 * power failure. Nothing remains of an attempt that fails; the error of the system call is thrown.
 */
export async function writeFileAtomic(path: string, chunks: readonly Uint8Array[]): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    const file = await open(temporary, 'wx');
    try {
      for (const chunk of chunks) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** As `writeFileAtomic`, for small files whose order with other writes matters. */
export function writeFileAtomicSync(path: string, content: Uint8Array): void {
  const temporary = temporaryPath(path);
  try {
    const file = openSync(temporary, 'wx');
    try {
      writeFully(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** Writes all of `content` at the file's position; the system may take it in several pieces. */
export function writeFully(file: number, content: Uint8Array): void {
  for (let written = 0; written < content.length;) written += writeSync(file, content, written);
}

/** Makes a rename or removal in `folder` last through a power failure. */
export function syncFolder(folder: string): void {
  // Windows can't open folders; there the file system's own journal has to do.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}${TEMPORARY_SUFFIX}`);
}
