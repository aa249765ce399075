import { ReluctantError, type RunStore, type RunSummary } from '@reluctant/core';
import type { RunListItem } from '../api.js';
import { LiveRun } from './live-run.js';

const MILLISECONDS_BETWEEN_LOOKS = 1000;

/** Records of so many runs are kept, beside those that are being written: those that were last asked for. */
const KEPT_RECORDS = 64;

/** The runs of a store: which there are is looked up every second, and those that are alive are followed. */
export class LiveRuns {
  private runs = new Map<string, LiveRun>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private introducing = false;
  private failure: string | undefined;
  private closed = false;

  /** @param onWarning told once when runs can't be listed or read, and what is shown instead */
  constructor(
    private readonly store: RunStore,
    private readonly onWarning: (message: string) => void,
  ) {}

  /** Looks for the first time. Rejects where the runs can't be listed. */
  async start(): Promise<void> {
    await this.refresh();
    this.lookLater();
  }

  /** The newest first. */
  list(): readonly RunListItem[] {
    return [...this.runs.values()].map((run) => run.listed);
  }

  find(id: string): LiveRun | undefined {
    return this.runs.get(id);
  }

  /** The run of this id, looked up among those that the store lists: nothing else is ever opened. Throws `RUN_NOT_FOUND`. */
  get(id: string): LiveRun {
    const run = this.runs.get(id);
    if (run) return run;
    const shown = JSON.stringify(id.length > 100 ? `${id.slice(0, 100)}…` : id);
    throw new ReluctantError('RUN_NOT_FOUND', `There is no run ${shown} in this folder. Go back to the list of runs.`);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    for (const run of this.runs.values()) run.close();
    await this.looking;
  }

  private lookLater(): void {
    if (this.closed) return;
    this.timer = setTimeout(() => {
      this.looking = this.refresh()
        .then(
          () => (this.failure = undefined),
          (error: unknown) => this.warn(ReluctantError.from(error, 'STORE_FAILED', "The runs can't be listed").message),
        )
        .then(() => this.lookLater());
    }, MILLISECONDS_BETWEEN_LOOKS);
  }

  private async refresh(): Promise<void> {
    const found = new Map<string, LiveRun>();
    for await (const summary of this.store.list()) found.set(summary.id, this.known(summary));
    for (const [id, run] of this.runs) if (!found.has(id)) run.close();
    this.runs = found;
    void this.introduce();
    this.releaseOldest();
  }

  private known(summary: RunSummary): LiveRun {
    const run = this.runs.get(summary.id) ?? new LiveRun(this.store, summary);
    run.update(summary);
    return run;
  }

  /** Reads runs that nobody has asked for, so that the list can tell of them: those that are alive first, and one at a time. */
  private async introduce(): Promise<void> {
    if (this.introducing) return;
    this.introducing = true;
    try {
      for (;;) {
        const waiting = [...this.runs.values()].filter((run) => run.needsReading);
        const next = waiting.find((run) => run.alive) ?? waiting[0];
        if (!next || this.closed) return;
        await next.introduce().catch((error: unknown) => this.warn((error as Error).message));
        this.releaseOldest();
      }
    } finally {
      this.introducing = false;
    }
  }

  private releaseOldest(): void {
    const idle = [...this.runs.values()].filter((run) => run.isIdle).sort((a, b) => b.askedAt - a.askedAt);
    for (const run of idle.slice(KEPT_RECORDS)) run.release();
  }

  private warn(message: string): void {
    if (message === this.failure || this.closed) return;
    this.failure = message;
    this.onWarning(message);
  }
}
