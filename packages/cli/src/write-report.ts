import { join } from 'node:path';
import type { RunReader } from '@reluctant/core';
import { renderReport } from '@reluctant/report';
import { writeFileAtomic } from './write-file.js';

/**
 * Writes one report of all the runs, atomically. By default beside the record of a single run, or as
 * `reluctant-report.html` in the working directory.
 * @returns the file's path
 */
export async function writeReport(readers: readonly RunReader[], file = defaultFile(readers)): Promise<string> {
  return writeFileAtomic(file, await renderReport(readers), 'The report');
}

function defaultFile(readers: readonly RunReader[]): string {
  return readers.length === 1 ? join(readers[0].summary.path, 'report.html') : 'reluctant-report.html';
}
