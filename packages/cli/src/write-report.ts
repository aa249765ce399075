import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ReluctantError, type RunReader } from '@reluctant/core';
import { renderReport } from '@reluctant/report';

/**
 * Writes one report of all the runs, atomically. By default beside the record of a single run, or as
 * `reluctant-report.html` in the working directory.
 * @returns the file's path
 */
export async function writeReport(readers: readonly RunReader[], file = defaultFile(readers)): Promise<string> {
  const html = await renderReport(readers);
  const target = resolve(file);
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(html);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw ReluctantError.from(error, 'STORE_FAILED', `The report can't be written to ${target}`);
  }
  return target;
}

function defaultFile(readers: readonly RunReader[]): string {
  return readers.length === 1 ? join(readers[0].summary.path, 'report.html') : 'reluctant-report.html';
}
