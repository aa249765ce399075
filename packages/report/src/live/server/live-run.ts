import { setImmediate } from 'node:timers/promises';
import { ReluctantError, type RunReader, type RunStore, type RunSummary } from '@reluctant/core';
import type { RunListItem } from '../api.js';
import { listItem } from './list-item.js';
import { LiveRecord, RECORDED_TYPES } from './live-record.js';

/** A run that is no longer written is followed for so long: its last events may just be on their way. */
const MILLISECONDS_AFTER_THE_END = 2000;

/** What answers are made of. */
export interface OpenedRun {
  readonly reader: RunReader;
  readonly record: LiveRecord;
  /** Differs whenever another answer may be right. */
  readonly version: string;
}

/** One run of the folder: its record, kept up to date while the run is written. */
export class LiveRun {
  /** When it was last asked for, by the clock of `performance`. */
  askedAt = 0;
  private opened: { readonly reader: RunReader; readonly record: LiveRecord } | undefined;
  private reading: Promise<void> | undefined;
  private abort = new AbortController();
  private farewell: NodeJS.Timeout | undefined;
  private introduced = false;
  private records = 0;
  private closed = false;
  private item: RunListItem;

  constructor(
    private readonly store: RunStore,
    private summary: RunSummary,
  ) {
    this.item = listItem(summary, undefined);
  }

  get id(): string {
    return this.summary.id;
  }

  get alive(): boolean {
    return this.summary.alive;
  }

  /** Undefined while it has not been read. */
  get record(): LiveRecord | undefined {
    return this.opened?.record;
  }

  /** As last known; kept when the record is released. The same object until it changes. */
  get listed(): RunListItem {
    if (this.record) {
      const item = listItem(this.summary, this.record);
      if (JSON.stringify(item) !== JSON.stringify(this.item)) this.item = item;
    }
    return this.item;
  }

  /** Reads the run unless it is read, and follows it while it is alive. Rejects with the reader's error, and tries anew the next time. */
  async open(): Promise<OpenedRun> {
    this.askedAt = performance.now();
    while (!this.opened) {
      if (this.closed) throw new ReluctantError('INTERRUPTED', 'The server is closing.');
      await (this.reading ??= this.read());
    }
    const { reader, record } = this.opened;
    return { reader, record, version: `${this.records}-${record.seq}-${Number(this.alive)}` };
  }

  /** Whether the list can't tell all of it, as it was never read, or has changed since. */
  get needsReading(): boolean {
    return !this.introduced && !this.reading;
  }

  /** Whether a record is kept that nobody follows. */
  get isIdle(): boolean {
    return this.opened !== undefined && !this.reading;
  }

  /** Reads the run once, for the list. A failure is told once: until the run changes, the list goes without. */
  async introduce(): Promise<void> {
    this.introduced = true;
    if (!this.opened) await (this.reading ??= this.read());
    this.item = this.listed;
  }

  /** Told what the store says of the run now. */
  update(summary: RunSummary): void {
    const before = this.summary;
    this.summary = summary;
    const isOther = before.status !== summary.status || before.alive !== summary.alive;
    // What was last known of a run that is not read stays true of it, but for this.
    if (isOther && !this.record) {
      const { status, alive } = listItem(summary, undefined);
      const progress = this.item.progress && { ...this.item.progress, secondsLeft: null };
      this.item = { ...this.item, status, alive, progress };
    }
    if (isOther) this.introduced = false;
    if (summary.alive) {
      clearTimeout(this.farewell);
      this.farewell = undefined;
      // What was read of a run that nobody wrote is complete no longer.
      this.release();
    } else if (this.reading && before.alive) {
      this.farewell ??= setTimeout(() => this.abort.abort(), MILLISECONDS_AFTER_THE_END).unref();
    } else if (isOther) this.release();
  }

  /** Forgets the record of a run that is not followed. */
  release(): void {
    if (this.reading) return;
    this.item = this.listed;
    this.opened = undefined;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.farewell);
    this.abort.abort();
  }

  /** Resolves when all that is recorded so far has been read. */
  private read(): Promise<void> {
    this.abort = new AbortController();
    const { signal } = this.abort;
    return new Promise((resolve, reject) => {
      this.follow(signal, resolve)
        .then(resolve, (error: unknown) => {
          // Whoever asks next is told why, or finds it mended.
          this.opened = undefined;
          reject(ReluctantError.from(error, 'INTERNAL', `Run ${this.id} can't be read`));
        })
        .finally(() => (this.reading = undefined));
    });
  }

  private async follow(signal: AbortSignal, onRead: () => void): Promise<void> {
    const reader = await this.store.open(this.id);
    const { manifest } = reader.summary;
    let record = new LiveRecord(manifest);
    for await (const batch of reader.follow({ types: RECORDED_TYPES, signal })) {
      if (batch.rewound) record = new LiveRecord(manifest);
      for (const entry of batch.entries) record.append(entry);
      record.seq = batch.seq;
      if (!batch.complete) {
        await setImmediate();
        continue;
      }
      if (this.opened?.record !== record) {
        this.records++;
        this.opened = { reader, record };
      }
      onRead();
      if (!this.alive) return;
    }
  }
}
