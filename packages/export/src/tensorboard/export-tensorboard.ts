import { join } from 'node:path';
import type { RunReader } from '@reluctant/core';
import { requireDistinctRuns, type ExportedFile, type ExportOptions } from '../export-options.js';
import type { OutputFile } from '../files/output-file.js';
import { OutputFolder } from '../files/output-folder.js';
import { encodeFileVersion, encodeSummary } from './encode-event.js';
import { summariesOf } from './summaries.js';
import { tfRecord } from './tf-record.js';

/** TensorBoard finds a file by what is in this name, and a run by its folder. The same name each time, so that `force` replaces it. */
const FILE = 'events.out.tfevents.0.reluctant';

/**
 * Writes runs, finished or not, as TensorBoard's event files: a folder a run, to be shown by `tensorboard --logdir FOLDER`. Rows are
 * counted in values.
 * @throws `USAGE` for no run, a run that is named twice or files that are there already; `STORE_FAILED`; the readers' own errors
 */
export async function exportTensorBoard(
  readers: readonly RunReader[],
  { folder, force = false, signal, onProgress }: ExportOptions,
): Promise<readonly ExportedFile[]> {
  requireDistinctRuns(readers);
  const output = new OutputFolder(folder, force);
  try {
    const rows: number[] = [];
    for (const [done, reader] of readers.entries()) {
      rows.push(await writeRun(reader, await output.file(join(reader.summary.id, FILE)), signal));
      onProgress?.(done + 1, readers.length);
    }
    const paths = await output.commit();
    return paths.map((path, index) => ({ path, rows: rows[index] }));
  } finally {
    await output.discard();
  }
}

/** @returns how many values it has */
async function writeRun(reader: RunReader, file: OutputFile, signal: AbortSignal | undefined): Promise<number> {
  let count = 0;
  await file.write(tfRecord(encodeFileVersion(Date.parse(reader.summary.createdAt) / 1000)));
  for await (const event of reader.events()) {
    signal?.throwIfAborted();
    const summaries = summariesOf(event);
    if (!summaries || summaries.values.length === 0) continue;
    await file.write(tfRecord(encodeSummary(Date.parse(event.time) / 1000, summaries.step, summaries.values)));
    count += summaries.values.length;
  }
  return count;
}
