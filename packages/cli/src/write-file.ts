import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ReluctantError } from '@reluctant/core';

/**
 * Writes a file atomically: under its name is found the whole content or what was there before.
 * @param what the file is, for the message: `The report`
 * @returns the file's path
 * @throws `STORE_FAILED`
 */
export async function writeFileAtomic(file: string, content: string | Uint8Array, what: string): Promise<string> {
  const target = resolve(file);
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw ReluctantError.from(error, 'STORE_FAILED', `${what} can't be written to ${target}`);
  }
  return target;
}
