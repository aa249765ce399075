import type { Machine } from '../machine.js';
import type { MedianRatio, Summary } from '../stats.js';
import type { StepSettings } from './step-settings.js';

/** One row: durations in milliseconds. */
export interface SubjectReport {
  readonly engine: string;
  /** Version and device of what computed. */
  readonly version?: string;
  readonly device?: string;
  /** `nothing`, a level, `all-probes` or a probe's kind. */
  readonly watching: string;
  readonly wall: Summary;
  /** Processor time, all threads together. */
  readonly cpu: Summary;
  /** Wall time over that of the same engine's unwatched network, round by round. */
  readonly ratio: MedianRatio;
  /** Wall times in the order of the rounds. */
  readonly samples: readonly number[];
}

/** One network: its subjects were interleaved with each other. */
export interface NetworkReport {
  readonly architecture: string;
  readonly parameters: number;
  readonly sites: number;
  readonly units: number;
  readonly attempts: number;
  /** Cores that other programs kept busy meanwhile; left out where the system does not tell. */
  readonly foreignCores?: number;
  /** More than was tolerated: the numbers are then a hint and no measurement. */
  readonly noisy: boolean;
  readonly subjects: readonly SubjectReport[];
}

export interface StepReport {
  readonly benchmark: 'step';
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly machine: Machine;
  readonly settings: StepSettings;
  readonly networks: readonly NetworkReport[];
  /** Largest resident memory of the whole process, with the networks of all subjects at once. */
  readonly peakMemoryMiB: number;
}
