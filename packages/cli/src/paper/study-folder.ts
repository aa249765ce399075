import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { acquireRunLock } from '@reluctant/store';
import { JobFolder, type JobOrder } from './jobs/job-folder.js';
import type { Job, JobResult } from './jobs/job.js';
import type { LoadedStudy } from './study/load-study.js';

/**
 * Where studies are kept: `<runs>/paper`. Their jobs, in `jobs`, are named by what they are, so that studies have those in common in which
 * they agree. A report bears its study's name.
 */
export class StudyFolder {
  readonly path: string;
  private readonly jobs: string;

  constructor(runs: string) {
    this.path = join(runs, 'paper');
    this.jobs = join(this.path, 'jobs');
  }

  job(id: string): JobFolder {
    return new JobFolder(this.jobs, id);
  }

  /** Results of those jobs that have ended, and whether any other has been begun. */
  async survey(
    jobs: readonly Job[],
  ): Promise<{ readonly ended: ReadonlyMap<string, JobResult>; readonly begun: boolean }> {
    const ended = new Map<string, JobResult>();
    let begun = false;
    for (const { id } of jobs) {
      const folder = this.job(id);
      const end = await folder.ended();
      if (end) ended.set(id, end.result);
      else begun ||= (await folder.runs()).length > 0;
    }
    return { ended, begun };
  }

  /**
   * Does something as the only one who does jobs here.
   * @throws `STORE_FAILED` where another process does them
   */
  async locked<T>(body: () => Promise<T>): Promise<T> {
    try {
      await mkdir(this.path, { recursive: true });
    } catch (error) {
      throw ReluctantError.from(error, 'STORE_FAILED', `No folder for the study can be made at ${this.path}`);
    }
    const lock = acquireRunLock(join(this.path, 'lock'), 'The study');
    try {
      return await body();
    } finally {
      lock.release();
    }
  }

  /** Writes down all that a job needs, and returns its folder. */
  async order(
    { id, label, experiment }: Job,
    { study, file }: LoadedStudy,
    plugins: readonly string[],
  ): Promise<string> {
    const order: JobOrder = {
      id,
      label,
      experiment: { ...experiment },
      modules: [
        { folder: process.cwd(), specifiers: plugins },
        { folder: dirname(file), specifiers: study.plugins },
      ],
    };
    const folder = this.job(id);
    await folder.write(order);
    return folder.path;
  }
}
