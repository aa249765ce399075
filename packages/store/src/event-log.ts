import { readFile, stat } from 'node:fs/promises';
import { ReluctantError, type LogEntry } from '@reluctant/core';
import { decodeJson } from './event-codec.js';
import { readLines } from './json-lines.js';
import type { LineFilter } from './line-filter.js';
import { errnoOf, storeFailure } from './store-failure.js';

/** An entry of the event log with the offset at which the next line begins. */
export interface PlacedEntry {
  readonly entry: LogEntry;
  readonly end: number;
}

/** Size of a log in bytes, 0 where nothing was recorded. */
export async function logSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0;
    throw storeFailure(error, 'read the event log', path);
  }
}

/**
 * The entries of an event log up to byte `size` in order. A last line that is not whole, as a killed process leaves it, is
 * dropped. Throws `RUN_CORRUPT` with the line number for one in front of others.
 *
 * @param wanted tells which lines to parse; all by default
 */
export async function* readEventLog(path: string, size: number, wanted?: LineFilter): AsyncGenerator<PlacedEntry> {
  let torn: ReluctantError | undefined;
  let lastSeq = 0;
  for await (const { text, number, end } of readLines(path, size, { wanted })) {
    if (torn) throw torn;
    const entry = parseEntry(text);
    if (entry === undefined || entry.seq <= lastSeq) {
      const problem = entry ? `event ${entry.seq} comes after event ${lastSeq}` : 'this is not an event';
      torn = new ReluctantError(
        'RUN_CORRUPT',
        `${path}, line ${number}: ${problem}. Restore the file, or repeat the run.`,
      );
      continue;
    }
    lastSeq = entry.seq;
    yield { entry, end };
  }
}

/** Per-unit values of the events that were not yet in a Parquet part when the spool was last written, by sequence number. */
export async function readSpool(path: string): Promise<Map<number, Float64Array>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return new Map();
    throw storeFailure(error, 'read the spool', path);
  }
  // Values reach the spool before their event reaches the log: what follows the last newline belongs to no event.
  const lines = text.split('\n').slice(0, -1);
  try {
    return new Map(
      lines.map((line) => {
        const { seq, values } = decodeJson(line) as { seq: number; values: number[] };
        return [seq, Float64Array.from(values)];
      }),
    );
  } catch (error) {
    throw new ReluctantError('RUN_CORRUPT', `${path} is damaged: ${(error as Error).message}.`, { cause: error });
  }
}

/** Undefined where the line is not that of an event. */
export function parseEntry(text: string): LogEntry | undefined {
  try {
    const value = decodeJson(text) as Partial<LogEntry> | null;
    const isEntry = Number.isSafeInteger(value?.seq) && typeof value?.type === 'string';
    return isEntry ? (value as LogEntry) : undefined;
  } catch {
    return undefined;
  }
}
