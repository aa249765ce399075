import {
  ReluctantError,
  toLogEntry,
  type Checkpoint,
  type EventType,
  type RunWriter,
  type TrainingEvent,
} from '@reluctant/core';
import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { AppendLog } from './append-log.js';
import { saveCheckpoint } from './checkpoint-folder.js';
import { encodeJson } from './event-codec.js';
import { writePart } from './parquet-parts.js';
import { isBulky, payloadOf, type BulkyEvent } from './payload.js';
import type { RunFolder } from './run-folder.js';
import type { RunLock } from './run-lock.js';
import { storeFailure } from './store-failure.js';

/** At most so many events, for at most so long, are held back to be written together. */
const EVENTS_PER_WRITE = 64;
const MILLISECONDS_PER_WRITE = 200;

/** Parts of the tables end here, or when so many values have gathered. */
const PART_ENDS: ReadonlySet<EventType> = new Set(['epoch.completed', 'run.finished']);
const VALUES_PER_PART = 500_000;

/**
 * Appends to a run's folder. Events are written in order and whole. After a failure nothing more is written: every further
 * call throws it again, and what was recorded before stays readable.
 */
export class FileRunWriter implements RunWriter {
  readonly id: string;
  readonly path: string;
  private readonly events: AppendLog;
  private readonly spool: AppendLog;
  private waiting = 0;
  private timer: NodeJS.Timeout | undefined;
  private failure: { readonly error: unknown; reported: boolean } | undefined;
  private closed = false;
  private unpartedValues = 0;

  /**
   * @param lock released by `close`
   * @param unparted events already in the log and the spool, but in no part of a table
   */
  constructor(
    private readonly folder: RunFolder,
    private readonly lock: RunLock,
    private unparted: BulkyEvent[] = [],
  ) {
    this.path = folder.path;
    this.id = basename(folder.path);
    this.spool = new AppendLog(folder.spool);
    this.events = new AppendLog(folder.events);
  }

  consume(event: TrainingEvent): void {
    this.assertOpen();
    this.attempt(() => {
      if (isBulky(event)) this.keep(event);
      this.events.append(encodeJson(toLogEntry(event)));
      this.waiting++;
      if (PART_ENDS.has(event.type) || this.unpartedValues >= VALUES_PER_PART) this.endParts();
      else if (this.waiting >= EVENTS_PER_WRITE) this.flush();
      else this.timer ??= this.flushLater();
    });
  }

  async saveCheckpoint(checkpoint: Checkpoint): Promise<string> {
    this.assertOpen();
    // The events that a resumed run builds on must be on the disk before the checkpoint is.
    this.attempt(() => {
      this.flush();
      this.spool.sync();
      this.events.sync();
    });
    return saveCheckpoint(this.folder.checkpoints, checkpoint);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    try {
      if (this.failure?.reported) return;
      if (this.failure) throw this.failure.error;
      this.attempt(() => {
        this.endParts();
        rmSync(this.folder.spool);
      });
    } finally {
      clearTimeout(this.timer);
      this.events.close();
      this.spool.close();
      this.lock.release();
    }
  }

  private keep(event: BulkyEvent): void {
    const payload = payloadOf(event);
    this.spool.append(encodeJson({ seq: event.seq, values: Array.from(payload) }));
    this.unparted.push(event);
    this.unpartedValues += payload.length;
  }

  /** Values before the events that they belong to, so that no event is ever found without its values. */
  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = 0;
    this.spool.flush();
    this.events.flush();
  }

  private endParts(): void {
    this.flush();
    for (const [folder, type] of [
      [this.folder.taps, 'tap.sampled'],
      [this.folder.readings, 'probe.reading'],
    ] as const) {
      const events = this.unparted.filter((event) => event.type === type);
      if (events.length > 0) writePart(folder, events);
    }
    this.events.sync();
    this.spool.clear();
    this.unparted = [];
    this.unpartedValues = 0;
  }

  private flushLater(): NodeJS.Timeout {
    return setTimeout(() => {
      try {
        this.flush();
      } catch (error) {
        this.failure ??= { error, reported: false };
      }
    }, MILLISECONDS_PER_WRITE).unref();
  }

  private attempt(action: () => void): void {
    try {
      action();
    } catch (cause) {
      const error = storeFailure(cause, 'record the run', this.path);
      this.failure = { error, reported: true };
      throw error;
    }
  }

  private assertOpen(): void {
    if (this.failure) {
      this.failure.reported = true;
      throw this.failure.error;
    }
    if (this.closed)
      throw new ReluctantError('STORE_FAILED', `The run ${this.id} is closed: nothing more can be recorded.`);
  }
}
