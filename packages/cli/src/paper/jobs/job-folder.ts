import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ReluctantError, validateDocument, type RunStore, type RunSummary } from '@reluctant/core';
import { createRunStore } from '@reluctant/store';
import { z } from 'zod';
import { readDocument } from '../../read-document.js';
import { writeFileAtomic } from '../../write-file.js';
import type { JobResult } from './job.js';

const jobOrderSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  /** The experiment, with every default filled in. */
  experiment: z.record(z.string(), z.unknown()),
  /** Plugin modules to load, as a file in the folder would name them. */
  modules: z.array(z.strictObject({ folder: z.string(), specifiers: z.array(z.string()).readonly() })).readonly(),
});

/** What a job is told by its file, for a process that has nothing else. */
export type JobOrder = z.output<typeof jobOrderSchema>;

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

/** Throws `CONFIG_NOT_FOUND` or `CONFIG_INVALID` where there is no file such as `write` writes. */
export async function readJobOrder(folder: string): Promise<JobOrder> {
  const file = join(folder, 'job.json');
  return validateDocument(jobOrderSchema, await readDocument(file), file);
}
