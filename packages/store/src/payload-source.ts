import type { LogEntry, TrainingEvent } from '@reluctant/core';
import { readSpool } from './event-log.js';
import { listParts, readPart, type ParquetPart } from './parquet-parts.js';
import { fromLogEntry, payloadLength, type BulkyEntry } from './payload.js';
import type { RunFolder } from './run-folder.js';

/** Completes entries of an event log with their per-unit values. */
export interface PayloadSource {
  /**
   * The events of `entries`, in their order. Of each part of a table it reads what they need, once: the more entries at a time,
   * the faster. Throws `RUN_CORRUPT` where values are missing or a part can't be read.
   */
  complete(entries: readonly LogEntry[]): Promise<TrainingEvent[]>;
}

/** Must be opened after the size of the event log was taken: then the values of all events up to there are found. */
export async function openPayloadSource(folder: RunFolder): Promise<PayloadSource> {
  // The spool before the parts: values move from there to here, and are seen twice rather than never.
  const spool = await readSpool(folder.spool);
  const parts = {
    'tap.sampled': await listParts(folder.taps),
    'probe.reading': await listParts(folder.readings),
  };
  return {
    async complete(entries) {
      const wanted = new Map<ParquetPart, number[]>();
      for (const { type, seq } of entries.filter(hasPayload)) {
        const part = parts[type].find(({ first, last }) => first <= seq && seq <= last);
        if (!part) continue;
        const seqs = wanted.get(part);
        if (seqs) seqs.push(seq);
        else wanted.set(part, [seq]);
      }
      const payloads = new Map<number, Float64Array>();
      for (const [part, seqs] of wanted) {
        const found = await readPart(part, seqs);
        for (const seq of seqs) if (found.has(seq)) payloads.set(seq, found.get(seq)!);
      }
      return entries.map((entry) => fromLogEntry(entry, payloads.get(entry.seq) ?? spool.get(entry.seq)));
    },
  };
}

function hasPayload(entry: LogEntry): entry is BulkyEntry {
  return payloadLength(entry) > 0;
}
