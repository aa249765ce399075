import { mkdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { parquetScan } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { writeFileAtomicSync } from './atomic-file.js';
import { parquetColumns } from './parquet-columns.js';
import type { BulkyEvent } from './payload.js';
import { errnoOf, storeFailure } from './store-failure.js';

const ROWS_PER_GROUP = 100_000;

/** A Parquet file of a table with the rows of the events from `first` to `last`, both inclusive. Never changed once written. */
export interface ParquetPart {
  readonly path: string;
  /** Sequence numbers of events. */
  readonly first: number;
  readonly last: number;
}

/** Writes the rows of `events`, which are of one type and in order, as the next part of the table in `folder`. */
export function writePart(folder: string, events: readonly BulkyEvent[]): void {
  const digits = (seq: number) => String(seq).padStart(10, '0');
  const path = join(folder, `part-${digits(events[0].seq)}-${digits(events[events.length - 1].seq)}.parquet`);
  try {
    mkdirSync(folder, { recursive: true });
    const columnData = parquetColumns(events);
    const buffer = parquetWriteBuffer({ columnData, rowGroupSize: ROWS_PER_GROUP, createdBy: 'reluctant' });
    writeFileAtomicSync(path, new Uint8Array(buffer));
  } catch (error) {
    throw storeFailure(error, 'write readings', path);
  }
}

/** The parts of the table in `folder` in order, none where the folder doesn't exist. */
export async function listParts(folder: string): Promise<ParquetPart[]> {
  try {
    return (await readdir(folder))
      .map((name) => ({ name, range: /^part-(\d+)-(\d+)\.parquet$/.exec(name) }))
      .filter(({ range }) => range !== null)
      .map(({ name, range }) => ({ path: join(folder, name), first: Number(range![1]), last: Number(range![2]) }))
      .sort((a, b) => a.first - b.first || a.last - b.last);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw storeFailure(error, 'list the readings', folder);
  }
}

/** The values of a part's rows by the sequence number of their event. Throws `RUN_CORRUPT` naming the file. */
export async function readPart({ path }: ParquetPart): Promise<Map<number, Float64Array>> {
  try {
    const { buffer } = new Uint8Array(await readFile(path));
    const scan = await parquetScan({ file: buffer, columns: ['seq', 'value'] });
    const payloads = new Map<number, Float64Array>();
    for (const range of scan.ranges) {
      const seqs = await scan.readColumn({ column: 'seq', ...range });
      const values = Float64Array.from(await scan.readColumn({ column: 'value', ...range }));
      for (let start = 0, end = 0; start < values.length; start = end) {
        while (end < values.length && seqs[end] === seqs[start]) end++;
        const seq = Number(seqs[start]);
        payloads.set(seq, concat(payloads.get(seq), values.subarray(start, end)));
      }
    }
    return payloads;
  } catch (error) {
    const reason = (error as Error).message;
    throw new ReluctantError('RUN_CORRUPT', `${path} is not a whole Parquet file of readings: ${reason}.`, {
      cause: error,
    });
  }
}

/** An event's rows may go on in the next row group. */
function concat(head: Float64Array | undefined, tail: Float64Array): Float64Array {
  if (!head) return tail;
  const both = new Float64Array(head.length + tail.length);
  both.set(head);
  both.set(tail, head.length);
  return both;
}
