import { stat } from 'node:fs/promises';
import type { RunSummary } from '@reluctant/core';
import { summarize } from './file-run-reader.js';
import { readManifest, type RunFolder } from './run-folder.js';
import { isRunLocked } from './run-lock.js';
import { errnoOf, storeFailure } from './store-failure.js';

interface KeptSummary {
  /** Of the files that it was read from. */
  readonly stamp: string;
  /** Undefined where the folder holds no run, or a damaged one. */
  readonly summary: RunSummary | undefined;
}

/**
 * Summaries of runs, read anew only where their files have changed: whoever watches a folder asks for all of them every second. What
 * is wrong with a run is told once.
 */
export class SummaryCache {
  private kept = new Map<string, KeptSummary>();

  constructor(private readonly onWarning: (message: string) => void) {}

  /** Summaries of those of `folders` that hold a run; all others are forgotten. */
  async read(folders: readonly RunFolder[]): Promise<RunSummary[]> {
    const now = new Map<string, KeptSummary>();
    const summaries: RunSummary[] = [];
    for (const folder of folders) {
      const kept = await this.readOne(folder);
      now.set(folder.path, kept);
      // That a writer was killed leaves no trace in the files that are looked at.
      if (kept.summary) summaries.push({ ...kept.summary, alive: isRunLocked(folder.lock) });
    }
    this.kept = now;
    return summaries;
  }

  private async readOne(folder: RunFolder): Promise<KeptSummary> {
    const stamp = `${await stampOf(folder.manifest)} ${await stampOf(folder.events)}`;
    const kept = this.kept.get(folder.path);
    if (kept?.stamp === stamp) return kept;
    try {
      const manifest = await readManifest(folder);
      return { stamp, summary: manifest && (await summarize(folder, manifest)) };
    } catch (error) {
      this.onWarning((error as Error).message);
      return { stamp, summary: undefined };
    }
  }
}

/** Differs where a file was written in between; empty where there is none. */
async function stampOf(path: string): Promise<string> {
  try {
    const { size, mtimeMs, ino } = await stat(path);
    return `${size}-${mtimeMs}-${ino}`;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(errnoOf(error) ?? '')) return '';
    throw storeFailure(error, 'look at a run', path);
  }
}
