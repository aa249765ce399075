import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collect } from '../test/samples.js';
import { temporaryFolder } from '../test/temporary-folder.js';
import { readLines } from './json-lines.js';

it('gives every line with its number and end, and leaves out what no newline ends', async () => {
  const path = join(temporaryFolder(), 'lines');
  const line = fc.oneof(
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', '\r')),
    fc.constantFrom('', 'a\u2028b\u2029c\r', 'ü'.repeat(200_000)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 6 }), line, async (lines, rest) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join('') + rest);
      await writeFile(path, bytes);
      let end = 0;
      const expected = lines.map((text, i) => ({ text, number: i + 1, end: (end += Buffer.byteLength(text) + 1) }));
      expect(await collect(readLines(path, bytes.length))).toEqual(expected);
      const half = Math.floor(bytes.length / 2);
      expect(await collect(readLines(path, half))).toEqual(expected.filter((item) => item.end <= half));
    }),
    { numRuns: 50 },
  );
});
