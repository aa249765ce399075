import { createReadStream } from 'node:fs';
import type { LineFilter } from './line-filter.js';

const NEWLINE = 0x0a;

export interface Line {
  readonly text: string;
  /** Among those that are read, from 1. */
  readonly number: number;
  /** Offset of the first byte after the line. */
  readonly end: number;
}

/**
 * The lines of a UTF-8 file from byte `start`, where one begins, up to byte `size`. What follows the last newline is not a line,
 * and left out. Only `\n` ends a line: JSON leaves U+2028 and U+2029 unescaped inside strings, and Node's own line readers split
 * there. Rejects with the system's error.
 *
 * @param wanted tells which lines to decode; all are counted
 */
export async function* readLines(
  path: string,
  size: number,
  { start = 0, wanted }: { readonly start?: number; readonly wanted?: LineFilter } = {},
): AsyncGenerator<Line> {
  if (size <= start) return;
  let number = 0;
  let end = start;
  let unfinished: Buffer[] = [];
  for await (const chunk of createReadStream(path, {
    start,
    end: size - 1,
    highWaterMark: 1 << 18,
  }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      const rest = chunk.subarray(from, to);
      const bytes = unfinished.length > 0 ? Buffer.concat([...unfinished, rest]) : rest;
      unfinished = [];
      from = to + 1;
      end += bytes.length + 1;
      number++;
      if (!wanted || wanted(bytes)) yield { text: bytes.toString('utf8'), number, end };
    }
    if (from < chunk.length) unfinished.push(chunk.subarray(from));
  }
}
