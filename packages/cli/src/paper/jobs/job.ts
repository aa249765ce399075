import type { Experiment } from '@reluctant/core';

/** One experiment of a study. */
export interface Job {
  /** See `jobId`. */
  readonly id: string;
  readonly label: string;
  readonly experiment: Experiment;
  /** Cores that it keeps busy. */
  readonly threads: number;
}

/** How a job ended. A loss that diverges is a result, which another try would only repeat. */
export type JobResult = 'completed' | 'diverged';

export interface JobWatch {
  /** Aborting it has what is running saved, and nothing more started. */
  readonly signal?: AbortSignal;
  onStart?(job: Job): void;
  /** Share of the job that is done, in [0, 1]. */
  onProgress?(job: Job, share: number): void;
  onEnd?(job: Job, result: JobResult): void;
}

/**
 * Does jobs somewhere: in processes of this machine, or on a cluster. All that a job needs is in its folder, and so is all that comes of
 * it: a run's record, from which a job that was cut off goes on.
 */
export interface JobScheduler {
  /**
   * Resolves when every job has ended.
   * @throws the first failure, after what was running has been saved; `INTERRUPTED` after an abort
   */
  run(jobs: readonly Job[], watch: JobWatch): Promise<void>;
}
