import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { ReluctantError, type FollowOptions, type LogBatch, type LogEntry } from '@reluctant/core';
import { parseEntry } from './event-log.js';
import { readLines } from './json-lines.js';
import { errnoOf, storeFailure } from './store-failure.js';

const MILLISECONDS_BETWEEN_LOOKS = 200;

/** A batch of a long log ends here, so that neither memory nor the event loop is taken for long. */
const CHARACTERS_PER_BATCH = 1 << 20;

/** The last line that was read: what tells whether the log is still the one that it was. */
interface Place {
  /** Offsets of its first byte and of that of the next line. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly seq: number;
}

/** What `RunReader.follow` promises, of the event log at `path`. */
export async function* followLog(path: string, options: FollowOptions): AsyncGenerator<LogBatch> {
  const { types, signal } = options;
  const wanted = types && new Set<string>(types);
  let place: Place | undefined;
  let seen: { readonly size: number; readonly mtimeMs: number } | undefined;
  do {
    const now = await look(path);
    if (seen && now.size === seen.size && now.mtimeMs === seen.mtimeMs) continue;
    const first = seen === undefined;
    seen = now;
    let rewound = place !== undefined && !(await isThere(path, place));
    if (rewound) place = undefined;
    for await (const batch of readBatches(path, now.size, place, wanted)) {
      place = batch.place;
      if (signal?.aborted) return;
      yield { entries: batch.entries, seq: place?.seq ?? 0, rewound, complete: batch.last };
      rewound = false;
    }
    if (rewound || (first && !place)) yield { entries: [], seq: 0, rewound, complete: true };
  } while (await waited(signal));
}

async function look(path: string): Promise<{ readonly size: number; readonly mtimeMs: number }> {
  try {
    return await stat(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { size: 0, mtimeMs: 0 };
    throw storeFailure(error, 'follow the event log', path);
  }
}

/** A resume cuts a log and goes on with other events, of other times: the last line tells even where it is as long as before. */
async function isThere(path: string, { start, end, text }: Place): Promise<boolean> {
  for await (const line of readLines(path, end, { start })) return line.text === text;
  return false;
}

interface PlacedBatch {
  readonly entries: readonly LogEntry[];
  readonly place: Place | undefined;
  readonly last: boolean;
}

/** What comes after `from` up to byte `size`; nothing where there is no whole line. */
async function* readBatches(
  path: string,
  size: number,
  from: Place | undefined,
  wanted: ReadonlySet<string> | undefined,
): AsyncGenerator<PlacedBatch> {
  let seq = from?.seq ?? 0;
  let line: Omit<Place, 'seq'> | undefined = from;
  let parsed = true;
  let entries: LogEntry[] = [];
  let characters = 0;

  const parse = (text: string): LogEntry => {
    const entry = parseEntry(text);
    if (!entry) throw corrupt(path, `${JSON.stringify(text.slice(0, 80))} is not an event`);
    if (entry.seq <= seq) throw corrupt(path, `event ${entry.seq} comes after event ${seq}`);
    seq = entry.seq;
    return entry;
  };
  const batch = (last: boolean): PlacedBatch => {
    // The place must be known also of a line that was passed over.
    if (line && !parsed) parse(line.text);
    parsed = true;
    return { entries, place: line && { ...line, seq }, last };
  };

  for await (const { text, end } of readLines(path, size, { start: line?.end })) {
    line = { start: line?.end ?? 0, end, text };
    const type = typeOf(text);
    parsed = !wanted || type === undefined || wanted.has(type);
    if (parsed) {
      const entry = parse(text);
      if (!wanted || wanted.has(entry.type)) entries.push(entry);
    }
    characters += text.length;
    if (characters < CHARACTERS_PER_BATCH) continue;
    yield batch(false);
    entries = [];
    characters = 0;
  }
  if (line !== from) yield batch(true);
}

/** The type of the event in a line that our writer wrote, without parsing it; undefined where that can't be told. */
function typeOf(line: string): string | undefined {
  return /^\{"seq":\d+,"time":"[^"]*","type":"([^"]+)"/.exec(line)?.[1];
}

function corrupt(path: string, problem: string): ReluctantError {
  return new ReluctantError('RUN_CORRUPT', `${path}: ${problem}. Restore the file, or repeat the run.`);
}

/** False once the signal is aborted. */
async function waited(signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await wait(MILLISECONDS_BETWEEN_LOOKS, undefined, { signal });
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  }
}
