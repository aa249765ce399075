import { listParts, readPart, type ParquetPart } from './parquet-parts.js';
import { readSpool } from './event-log.js';
import { fromLogEntry, payloadLength } from './payload.js';
import type { RunFolder } from './run-folder.js';
import type { LogEntry, TrainingEvent } from '@reluctant/core';

/** Completes entries of an event log with their per-unit values. Entries are asked for in order, so that one part of a table
 * is in memory at a time. */
export interface PayloadSource {
  /** Throws `RUN_CORRUPT` where values are missing or a part can't be read. */
  complete(entry: LogEntry): Promise<TrainingEvent>;
}

/** Must be opened after the size of the event log was taken: then the values of all events up to there are found. */
export async function openPayloadSource(folder: RunFolder): Promise<PayloadSource> {
  // The spool before the parts: values move from there to here, and are seen twice rather than never.
  const spool = await readSpool(folder.spool);
  const tables = {
    'tap.sampled': table(await listParts(folder.taps)),
    'probe.reading': table(await listParts(folder.readings)),
  };
  return {
    async complete(entry) {
      if (entry.type !== 'tap.sampled' && entry.type !== 'probe.reading') return entry;
      if (payloadLength(entry) === 0) return fromLogEntry(entry, undefined);
      return fromLogEntry(entry, (await tables[entry.type](entry.seq)) ?? spool.get(entry.seq));
    },
  };
}

function table(parts: readonly ParquetPart[]): (seq: number) => Promise<Float64Array | undefined> {
  let loaded: { readonly part: ParquetPart; readonly payloads: Map<number, Float64Array> } | undefined;
  return async (seq) => {
    const part = parts.find(({ first, last }) => first <= seq && seq <= last);
    if (!part) return undefined;
    if (loaded?.part !== part) loaded = { part, payloads: await readPart(part) };
    return loaded.payloads.get(seq);
  };
}
