import { ReluctantError, type RunReader } from '@reluctant/core';

/** What every export takes. */
export interface ExportOptions {
  readonly folder: string;
  /** Whether files of that name that are there already are replaced. */
  readonly force?: boolean;
  /** Aborting it ends the export, which leaves no file; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Told after each run. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A file that was written. */
export interface ExportedFile {
  readonly path: string;
  /** What a person counts in it. */
  readonly rows: number;
}

/** @throws `USAGE` where there is no run, or a run is named twice */
export function requireDistinctRuns(readers: readonly RunReader[]): void {
  if (readers.length === 0) throw new ReluctantError('USAGE', 'There is no run to export. Name at least one run.');
  const seen = new Set<string>();
  for (const { summary } of readers) {
    if (seen.has(summary.id)) throw new ReluctantError('USAGE', `Run ${summary.id} is named twice. Name it once.`);
    seen.add(summary.id);
  }
}
