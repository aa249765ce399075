import { mkdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { writeFileAtomicSync } from './atomic-file.js';
import { parquetColumns } from './parquet-columns.js';
import { readRowsOf } from './parquet-rows.js';
import type { BulkyEvent } from './payload.js';
import { errnoOf, storeFailure } from './store-failure.js';

const ROWS_PER_GROUP = 100_000;

/** Bytes of a page before compression. A page is the least that can be read: of about 2,000 values then. */
const PAGE_SIZE = 1 << 14;

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
    const layout = { rowGroupSize: ROWS_PER_GROUP, pageSize: PAGE_SIZE };
    const buffer = parquetWriteBuffer({ columnData, ...layout, createdBy: 'reluctant' });
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

/**
 * The values of the rows of the events `seqs` by the sequence number of their event; without those of events that have none
 * in this part. Throws `RUN_CORRUPT` naming the file.
 */
export async function readPart({ path }: ParquetPart, seqs: readonly number[]): Promise<Map<number, Float64Array>> {
  try {
    return await readRowsOf(seqs, new Uint8Array(await readFile(path)).buffer);
  } catch (error) {
    const reason = (error as Error).message;
    throw new ReluctantError('RUN_CORRUPT', `${path} is not a whole Parquet file of readings: ${reason}.`, {
      cause: error,
    });
  }
}
