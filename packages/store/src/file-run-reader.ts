import { basename } from 'node:path';
import type {
  Checkpoint,
  EventOf,
  FollowOptions,
  LogBatch,
  LogEntry,
  Reading,
  ReadingFilter,
  RunManifest,
  RunReader,
  RunSummary,
  TapSample,
  TrainingEvent,
} from '@reluctant/core';
import { latestCheckpoint } from './checkpoint-folder.js';
import { logSize, readEventLog } from './event-log.js';
import { followLog } from './follow-log.js';
import { openPayloadSource } from './payload-source.js';
import type { BulkyEvent } from './payload.js';
import type { RunFolder } from './run-folder.js';
import { isRunLocked } from './run-lock.js';
import { readStatus } from './run-status.js';

/** Reads a run's folder, also while the run is being written: then up to what had been recorded when a call was made. */
export class FileRunReader implements RunReader {
  constructor(
    private readonly folder: RunFolder,
    readonly summary: RunSummary,
    private readonly onWarning: (message: string) => void,
  ) {}

  async *events(): AsyncIterable<TrainingEvent> {
    const size = await logSize(this.folder.events);
    const source = await openPayloadSource(this.folder);
    for await (const { entry } of readEventLog(this.folder.events, size)) yield source.complete(entry);
  }

  follow(options: FollowOptions = {}): AsyncIterable<LogBatch> {
    return followLog(this.folder.events, options);
  }

  async readings({ probe, site, after = 0 }: ReadingFilter = {}): Promise<readonly Reading[]> {
    const events = await this.collect('probe.reading', ({ seq, reading }) => {
      return seq > after && (probe ?? reading.probe) === reading.probe && (site ?? reading.site) === reading.site;
    });
    return events.map(({ reading }) => reading);
  }

  async tapSamples(): Promise<readonly TapSample[]> {
    return (await this.collect('tap.sampled', () => true)).map(({ sample }) => sample);
  }

  latestCheckpoint(): Promise<Checkpoint | undefined> {
    return latestCheckpoint(this.folder.checkpoints, this.onWarning);
  }

  private async collect<T extends BulkyEvent['type']>(
    type: T,
    matches: (entry: Extract<LogEntry, { readonly type: T }>) => boolean,
  ): Promise<EventOf<T>[]> {
    const isEntry = (entry: LogEntry): entry is Extract<LogEntry, { readonly type: T }> => entry.type === type;
    const size = await logSize(this.folder.events);
    const source = await openPayloadSource(this.folder);
    const events: EventOf<T>[] = [];
    const mention = `"type":"${type}"`;
    for await (const { entry } of readEventLog(this.folder.events, size, (line) => line.includes(mention))) {
      if (isEntry(entry) && matches(entry)) events.push((await source.complete(entry)) as EventOf<T>);
    }
    return events;
  }
}

export async function summarize(folder: RunFolder, manifest: RunManifest): Promise<RunSummary> {
  const { name, createdAt } = manifest;
  // The lock first: a run that ends in between is told as ended, not as killed.
  const alive = isRunLocked(folder.lock);
  const status = await readStatus(folder.events);
  return { id: basename(folder.path), path: folder.path, name, createdAt, status, alive, manifest };
}
