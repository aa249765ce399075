import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReluctantError, type RunStore, type RunSummary } from '@reluctant/core';
import { createRunStore } from '@reluctant/store';
import { writeFileAtomic } from '../../write-file.js';
import type { Job, JobResult } from './job.js';

/** What a job is told by its file, for a process that has nothing else. */
export interface JobOrder extends Pick<Job, 'id' | 'label'> {
  /** The experiment, with every default filled in. */
  readonly experiment: Record<string, unknown>;
  /** Plugin modules to load, as a file in the folder would name them. */
  readonly modules: readonly { readonly folder: string; readonly specifiers: readonly string[] }[];
}

/** A job on disk: `<jobs>/<id>/job.json`, and beside it the record of its run, or of several where tries failed. */
export class JobFolder {
  readonly path: string;
  private readonly store: RunStore;

  constructor(jobs: string, id: string) {
    this.path = join(jobs, id);
    this.store = createRunStore({ root: this.path });
  }

  /** How the job ended, with its run; undefined while it has not. */
  async ended(): Promise<{ readonly result: JobResult; readonly run: RunSummary } | undefined> {
    for (const run of await this.runs()) {
      if (run.status === 'completed' || run.status === 'diverged') return { result: run.status, run };
    }
    return undefined;
  }

  /** Newest first. */
  async runs(): Promise<readonly RunSummary[]> {
    const found: RunSummary[] = [];
    for await (const summary of this.store.list()) found.push(summary);
    return found;
  }

  /** Throws `STORE_FAILED`. */
  async write(order: JobOrder): Promise<void> {
    try {
      await mkdir(this.path, { recursive: true });
    } catch (error) {
      throw ReluctantError.from(error, 'STORE_FAILED', `No folder for the job can be made at ${this.path}`);
    }
    await writeFileAtomic(join(this.path, 'job.json'), `${JSON.stringify(order, undefined, 2)}\n`, 'The job');
  }
}

/** Rejects where the file is not one that `write` has written. */
export async function readJobOrder(folder: string): Promise<JobOrder> {
  return JSON.parse(await readFile(join(folder, 'job.json'), 'utf8')) as JobOrder;
}
