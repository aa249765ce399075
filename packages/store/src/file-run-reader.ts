import { basename } from 'node:path';
import type {
  Checkpoint,
  EventOf,
  EventType,
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
import { encodeJson } from './event-codec.js';
import { logSize, readEventLog } from './event-log.js';
import { followLog } from './follow-log.js';
import { comesAfter, mentionsOneOf, type LineFilter } from './line-filter.js';
import { openPayloadSource } from './payload-source.js';
import { payloadLength } from './payload.js';
import type { RunFolder } from './run-folder.js';
import { isRunLocked } from './run-lock.js';
import { readStatus } from './run-status.js';

/** So many entries of the log, or with so many values, are completed together. */
const ENTRIES_AT_A_TIME = 8192;
const VALUES_AT_A_TIME = 1_000_000;

/** Reads a run's folder, also while the run is being written: then up to what had been recorded when a call was made. */
export class FileRunReader implements RunReader {
  constructor(
    private readonly folder: RunFolder,
    readonly summary: RunSummary,
    private readonly onWarning: (message: string) => void,
  ) {}

  async *events<T extends EventType>(...types: readonly T[]): AsyncIterable<EventOf<T>> {
    const all = types.length === 0;
    const wanted = all ? [] : [mentionsOneOf(types.map((type) => `"type":"${type}"`))];
    const isOfTypes = ({ type }: LogEntry) => all || (types as readonly string[]).includes(type);
    for await (const events of this.read(isOfTypes, wanted)) yield* events as EventOf<T>[];
  }

  follow(options: FollowOptions = {}): AsyncIterable<LogBatch> {
    return followLog(this.folder.events, options);
  }

  async readings({ probe, site, after = 0 }: ReadingFilter = {}): Promise<readonly Reading[]> {
    const matches = (entry: LogEntry) =>
      entry.type === 'probe.reading' &&
      entry.seq > after &&
      (probe ?? entry.reading.probe) === entry.reading.probe &&
      (site ?? entry.reading.site) === entry.reading.site;
    // The first leave the fewest lines for the others.
    const wanted = [
      ...(after > 0 ? [comesAfter(after)] : []),
      ...(site === undefined ? [] : [mentionsOneOf([`"site":${encodeJson(site)}`])]),
      ...(probe === undefined ? [] : [mentionsOneOf([`"probe":${encodeJson(probe)}`])]),
      mentionsOneOf(['"type":"probe.reading"']),
    ];
    const readings: Reading[] = [];
    for await (const events of this.read(matches, wanted)) {
      for (const event of events) if (event.type === 'probe.reading') readings.push(event.reading);
    }
    return readings;
  }

  async tapSamples(): Promise<readonly TapSample[]> {
    const samples: TapSample[] = [];
    for await (const { sample } of this.events('tap.sampled')) samples.push(sample);
    return samples;
  }

  latestCheckpoint(): Promise<Checkpoint | undefined> {
    return latestCheckpoint(this.folder.checkpoints, this.onWarning);
  }

  /**
   * The events that match, many at a time: each wait takes longer than to read a short event.
   *
   * @param wanted tell which lines may, so that the others are not even parsed
   */
  private async *read(
    matches: (entry: LogEntry) => boolean,
    wanted: readonly LineFilter[],
  ): AsyncIterable<readonly TrainingEvent[]> {
    const size = await logSize(this.folder.events);
    const source = await openPayloadSource(this.folder);
    let entries: LogEntry[] = [];
    let values = 0;
    for await (const { entry } of readEventLog(this.folder.events, size, (line) => wanted.every((is) => is(line)))) {
      if (!matches(entry)) continue;
      entries.push(entry);
      values += payloadLength(entry);
      if (entries.length < ENTRIES_AT_A_TIME && values < VALUES_AT_A_TIME) continue;
      yield await source.complete(entries);
      entries = [];
      values = 0;
    }
    yield await source.complete(entries);
  }
}

export async function summarize(folder: RunFolder, manifest: RunManifest): Promise<RunSummary> {
  const { name, createdAt } = manifest;
  // The lock first: a run that ends in between is told as ended, not as killed.
  const alive = isRunLocked(folder.lock);
  const status = await readStatus(folder.events);
  return { id: basename(folder.path), path: folder.path, name, createdAt, status, alive, manifest };
}
