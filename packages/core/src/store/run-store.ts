import type { NamedArrays } from '../engine/named-arrays.js';
import type { EventOf, EventType, RunStatus, TrainingEvent } from '../events/training-event.js';
import type { Reading } from '../probe/probe.js';
import type { TapSample } from '../probe/tap.js';
import { serviceIdentifier } from '../plugin/service-identifier.js';
import type { LogEntry } from './log-entry.js';
import type { RunManifest } from './run-manifest.js';

/** Where a run stood and all that it needs to go on, bit for bit. */
export interface Checkpoint {
  /** Parameters and optimizer slots, as `Session.readState` gave them. */
  readonly state: NamedArrays;
  /** Half-filled windows and running totals of the loop, by name. */
  readonly loop: NamedArrays;
  readonly step: number;
  /** Epochs completed. */
  readonly epoch: number;
  /** Batches already taken in the epoch that is under way. */
  readonly stepInEpoch: number;
  /** Sequence number of the last event before this checkpoint's own; later events are dropped on resume. */
  readonly seq: number;
}

export interface RunSummary {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly createdAt: string;
  /** `running` where no run.finished was recorded: still going, or killed. */
  readonly status: RunStatus | 'running';
  /** Whether a process is writing it. Not so of a `running` one that was killed; one on another machine counts as living. */
  readonly alive: boolean;
  readonly manifest: RunManifest;
}

/** Records one run. Attach `consume` to the bus; it keeps the order of the events. */
export interface RunWriter {
  readonly id: string;
  readonly path: string;
  /** Appends an event durably enough that a killed process loses at most the last few. Throws `STORE_FAILED`. */
  consume(event: TrainingEvent): Promise<void> | void;
  /** Saves atomically; earlier checkpoints beyond the newest two are removed. Returns the checkpoint's file name. */
  saveCheckpoint(checkpoint: Checkpoint): Promise<string>;
  /** Flushes and closes. Idempotent. */
  close(): Promise<void>;
}

export interface ReadingFilter {
  readonly probe?: string;
  readonly site?: string;
  /** Only those recorded after the event of this sequence number. */
  readonly after?: number;
}

/** What was recorded since the last batch; of a long log a part of it. */
export interface LogBatch {
  /** In order; none where there is only something else to tell. */
  readonly entries: readonly LogEntry[];
  /** Sequence number of the last entry that is recorded up to here, wanted or not; 0 where there is none. */
  readonly seq: number;
  /** A resume has dropped entries that were given before: all are to be forgotten, and this batch starts over. */
  readonly rewound: boolean;
  /** Whether this is all that has been recorded so far. */
  readonly complete: boolean;
}

export interface FollowOptions {
  /** Only entries of these types; all by default. */
  readonly types?: readonly EventType[];
  /** Aborting it ends the iteration, without an error. */
  readonly signal?: AbortSignal;
}

/** Reads a recorded run, finished or not. */
export interface RunReader {
  readonly summary: RunSummary;
  /**
   * The event log in order, with the payloads of `tap.sampled` and `probe.reading` joined back in; only events of `types` where
   * some are given, which costs no more than what these hold.
   */
  events<T extends EventType>(...types: readonly T[]): AsyncIterable<EventOf<T>>;
  /**
   * The log from its beginning and then as it grows, a fraction of a second late, without the values of single units. The first
   * batch comes at once. Goes on behind the run's end, as a run may be resumed. Throws `RUN_CORRUPT`.
   */
  follow(options?: FollowOptions): AsyncIterable<LogBatch>;
  readings(filter?: ReadingFilter): Promise<readonly Reading[]>;
  tapSamples(): Promise<readonly TapSample[]>;
  /** The newest readable checkpoint. */
  latestCheckpoint(): Promise<Checkpoint | undefined>;
}

/** Keeps runs. Ids are safe as file names, whatever the run is called. */
export interface RunStore {
  /** Throws `STORE_FAILED` where it can't write. */
  create(
    manifest: Omit<RunManifest, 'id' | 'formatVersion' | 'createdAt'>,
  ): Promise<{ writer: RunWriter; manifest: RunManifest }>;
  /** Reopens a run for writing and drops what was recorded after `checkpoint`. */
  resume(id: string, checkpoint: Checkpoint): Promise<RunWriter>;
  /** Throws `RUN_NOT_FOUND` or `RUN_CORRUPT`. `id` may be a path to a run's folder. */
  open(id: string): Promise<RunReader>;
  list(): AsyncIterable<RunSummary>;
}
export const RunStore = serviceIdentifier<RunStore>('RunStore');
