import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ReluctantError, type RunSummary } from '@reluctant/core';

/** The files of a run that hold what it recorded; the README of @reluctant/store tells their formats. */
export interface RecordFiles {
  readonly run: string;
  /** Absent where nothing was recorded yet. */
  readonly log?: string;
  /** Whether the run is being written, or was killed: then its log may end in half a line, and values are in its spool. */
  readonly open: boolean;
  readonly spool: string;
  readonly parts: readonly RecordPart[];
}

export interface RecordPart {
  readonly path: string;
  /** Sequence numbers of the first and last event in it. */
  readonly first: number;
  readonly last: number;
}

/** Where the record of a run lies. @throws `STORE_FAILED` where that can't be seen */
export async function recordFiles({ id, path }: RunSummary): Promise<RecordFiles> {
  const log = join(path, 'events.jsonl');
  const spool = join(path, 'spool.jsonl');
  try {
    const size = await sizeOf(log);
    const isOpen = (await sizeOf(spool)) !== undefined || (size !== undefined && !(await endsWithNewline(log, size)));
    return { run: id, ...(size && { log }), open: isOpen, spool, parts: await partsOf(join(path, 'readings')) };
  } catch (error) {
    throw ReluctantError.from(error, 'STORE_FAILED', `The record in ${path} can't be read`);
  }
}

/** The parts of the table in a folder, in order; none where there is no such folder. */
export async function partsOf(folder: string): Promise<readonly RecordPart[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.sort().flatMap((name) => {
    const range = /^part-(\d+)-(\d+)\.parquet$/.exec(name);
    return range ? [{ path: join(folder, name), first: Number(range[1]), last: Number(range[2]) }] : [];
  });
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function endsWithNewline(path: string, size: number): Promise<boolean> {
  if (size === 0) return true;
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a;
  } finally {
    await file.close();
  }
}
