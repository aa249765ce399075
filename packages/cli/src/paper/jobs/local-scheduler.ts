import { ReluctantError } from '@reluctant/core';
import type { Job, JobResult, JobScheduler, JobWatch } from './job.js';

/** A job under way. */
export interface RunningJob {
  readonly result: Promise<JobResult | 'interrupted'>;
  /** Has it saved and ended; its result is then `interrupted`. Does nothing to one that has ended. */
  interrupt(): void;
}

export type StartJob = (job: Job, onProgress: (share: number) => void) => Promise<RunningJob>;

/**
 * Does jobs side by side, as long as their threads fit the cores. They start in their order: one that takes more than is free keeps those
 * behind it waiting, so that it is not passed by for ever.
 */
export class LocalScheduler implements JobScheduler {
  /** @param cores ≥ 1; a job that wants more gets all of them for itself */
  constructor(
    private readonly cores: number,
    private readonly start: StartJob,
  ) {}

  async run(jobs: readonly Job[], watch: JobWatch): Promise<void> {
    const waiting = [...jobs];
    const running = new Map<Job, { readonly started: Promise<RunningJob>; readonly end: Promise<void> }>();
    const failures: unknown[] = [];
    const stop = () => {
      waiting.length = 0;
      for (const { started } of running.values()) void started.then((job) => job.interrupt()).catch(() => undefined);
    };
    const fail = (error: unknown) => {
      if (failures.push(error) === 1) stop();
    };
    const interrupted = () => fail(new ReluctantError('INTERRUPTED', 'Interrupted; what was done is saved.'));
    const free = () => [...running.keys()].reduce((left, job) => left - this.threadsOf(job), this.cores);
    const begin = (job: Job) => {
      const started = this.start(job, (share) => watch.onProgress?.(job, share));
      watch.onStart?.(job);
      const end = started
        .then(({ result }) => result)
        .then((result) => (result === 'interrupted' ? interrupted() : watch.onEnd?.(job, result)))
        .catch(fail)
        .finally(() => running.delete(job));
      running.set(job, { started, end });
    };

    const { signal } = watch;
    if (signal?.aborted) interrupted();
    signal?.addEventListener('abort', interrupted);
    try {
      while (waiting.length > 0 || running.size > 0) {
        while (waiting[0] && this.threadsOf(waiting[0]) <= free()) begin(waiting.shift()!);
        await Promise.race([...running.values()].map(({ end }) => end));
      }
    } finally {
      signal?.removeEventListener('abort', interrupted);
    }
    if (failures.length > 0) throw failures[0];
  }

  private threadsOf({ threads }: Job): number {
    return Math.min(threads, this.cores);
  }
}
