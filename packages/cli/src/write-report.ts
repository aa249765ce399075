import { join } from 'node:path';
import type { RunReader } from '@reluctant/core';
import { composeReport, renderPage, type RunReport } from '@reluctant/report';
import { writeFileAtomic } from './write-file.js';

export interface WrittenReport {
  /** Its path. */
  readonly file: string;
  /** What it says of each run. */
  readonly runs: readonly RunReport[];
}

/**
 * Writes one HTML report of all the runs, atomically. By default beside the record of a single run, or as
 * `reluctant-report.html` in the working directory.
 */
export async function writeReport(
  readers: readonly RunReader[],
  file = besideRecord(readers, 'report.html'),
): Promise<WrittenReport> {
  const document = await composeReport(readers);
  return { file: await writeFileAtomic(file, renderPage(document), 'The report'), runs: document.runs };
}

/** Where something about runs is written by default: into the folder of a single one, or with a prefix into the working directory. */
export function besideRecord(readers: readonly RunReader[], name: string): string {
  return readers.length === 1 ? join(readers[0].summary.path, name) : `reluctant-${name}`;
}
