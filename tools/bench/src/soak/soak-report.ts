import type { Machine } from '../machine.js';
import type { SoakSettings } from './soak-settings.js';
import type { Slope } from './least-squares-slope.js';

/** Milliseconds. */
export interface Tail {
  readonly median: number;
  /** 99th percentile. */
  readonly p99: number;
}

/** Resident set size of the whole process, its worker threads included. */
export interface MemoryReport {
  readonly samples: readonly MemorySample[];
  /** MiB, as are the others: of the samples. */
  readonly first: number;
  readonly last: number;
  readonly maximum: number;
  /** MiB per 1,000 steps. */
  readonly growth: Slope;
}

export interface MemorySample {
  /** Measured steps taken. */
  readonly step: number;
  readonly mebibytes: number;
}

/** From one firing to the next of a timer on the main thread, as `monitorEventLoopDelay` gives it: `resolution` is part of it. */
export interface EventLoopReport extends Tail {
  /** Milliseconds between firings on an idle thread. */
  readonly resolution: number;
  readonly maximum: number;
}

/** From asking for a batch to having it. */
export interface InputReport extends Tail {
  readonly steps: number;
  /** Σ waiting / Σ (waiting and training), in [0, 1]. */
  readonly share: number;
}

/** One network. */
export interface NetworkSoak {
  readonly architecture: string;
  /** Measured steps taken: fewer than were asked for where it was interrupted. */
  readonly steps: number;
  /** From asking for a batch to the step's result. */
  readonly step: Tail;
  readonly memory: MemoryReport;
  /** Left out where the timer did not fire once. */
  readonly eventLoop?: EventLoopReport;
  /** With the next batch being produced meanwhile, as in a run. */
  readonly input: InputReport;
  /** With each batch produced once it is asked for; left out where it was interrupted before. */
  readonly unprefetchedInput?: InputReport;
  /** Share of the machine that other programs used, in [0, 1]; left out where the system does not tell. */
  readonly foreignShare?: number;
}

export interface SoakReport {
  readonly benchmark: 'soak';
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly machine: Machine;
  readonly settings: SoakSettings;
  /** Version and device of what computed. */
  readonly engine: { readonly version?: string; readonly device?: string };
  /** Kind of the data set. */
  readonly images: string;
  /** Whether it was interrupted. */
  readonly partial: boolean;
  /** Those of which at least one measured step was taken. */
  readonly networks: readonly NetworkSoak[];
}
