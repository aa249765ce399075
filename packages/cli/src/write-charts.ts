import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { renderCharts, type ChartFormat, type ChartOptions, type ReportDocument } from '@reluctant/report';
import { writeFileAtomic } from './write-file.js';

export interface WrittenChart {
  readonly id: string;
  readonly title: string;
  /** Its path. */
  readonly file: string;
}

/** Writes charts of a report into a folder, a file each, atomically. What else is in the folder stays. Throws `STORE_FAILED`. */
export async function writeCharts(
  document: ReportDocument,
  format: ChartFormat,
  folder: string,
  options: ChartOptions = {},
): Promise<readonly WrittenChart[]> {
  const written: WrittenChart[] = [];
  await makeFolder(folder);
  for await (const { id, title, name, content } of renderCharts(document, format, options)) {
    written.push({ id, title, file: await writeFileAtomic(join(folder, name), content, 'The chart') });
  }
  return written;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw ReluctantError.from(error, 'STORE_FAILED', `No folder for charts can be made at ${resolve(folder)}`);
  }
}
