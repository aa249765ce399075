import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ReluctantError } from '@reluctant/core';
import { partsOf, type RecordFiles, type RecordPart } from './record-files.js';

/** What had been recorded of an open run at one moment. */
export interface OpenRecord {
  /** Whole lines of the log. */
  readonly lines: readonly string[];
  /** Lines of the spool: the values of events that are in no part yet. */
  readonly spool: readonly { readonly seq: number; readonly line: string }[];
  readonly parts: readonly RecordPart[];
  /** What parts hold of later events was recorded after the log was read. */
  readonly lastSeq: number;
}

/**
 * Takes a run that is being written, or was killed, as it is now. Its log is read first, then its spool, then its parts: values move
 * from the spool to the parts, and are found twice rather than never.
 * @throws `RUN_CORRUPT` where something other than the end of the log is damaged
 */
export async function readOpenRecord({ log, spool }: RecordFiles): Promise<OpenRecord> {
  if (log === undefined) return { lines: [], spool: [], parts: [], lastSeq: 0 };
  const lines = wholeLines(await readFile(log, 'utf8'));
  const bad = lines.findIndex((line) => seqOf(line) === undefined);
  // The last line may be what a power failure left of it.
  if (bad >= 0 && bad < lines.length - 1) {
    throw new ReluctantError(
      'RUN_CORRUPT',
      `${log}, line ${bad + 1}: this is not an event. Restore the file, or leave the run out with --run.`,
    );
  }
  const values = wholeLines(await readText(spool));
  const parts = await partsOf(join(dirname(log), 'readings'));
  const spooled = values.map((line) => ({ seq: seqOf(line), line }));
  if (spooled.some(({ seq }) => seq === undefined)) {
    throw new ReluctantError('RUN_CORRUPT', `${spool} is damaged. Restore it, or leave the run out with --run.`);
  }
  const good = bad >= 0 ? lines.slice(0, bad) : lines;
  return {
    lines: good,
    lastSeq: seqOf(good.at(-1) ?? '') ?? 0,
    spool: spooled.filter(
      (entry): entry is { seq: number; line: string } =>
        !parts.some(({ first, last }) => first <= entry.seq! && entry.seq! <= last),
    ),
    parts,
  };
}

/** What follows the last newline is no line: it is still being written, or was when the process was killed. */
function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

function seqOf(line: string): number | undefined {
  try {
    const { seq } = JSON.parse(line) as { seq?: unknown };
    return Number.isSafeInteger(seq) ? (seq as number) : undefined;
  } catch {
    return undefined;
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
