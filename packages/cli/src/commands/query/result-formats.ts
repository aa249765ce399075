import { csvLine } from '@reluctant/export';
import type { Cell, QueryResult } from '@reluctant/query';
import { plainText } from '../../output/plain-text.js';
import { formatTable } from '../../output/table.js';

export const RESULT_FORMATS = ['table', 'csv', 'json', 'markdown', 'parquet'] as const;
export type ResultFormat = (typeof RESULT_FORMATS)[number];
export type TextFormat = Exclude<ResultFormat, 'parquet'>;

/** A table for people shows so many rows, and tells how many more there are. */
export const TABLE_ROWS = 200;

type Write = (text: string) => Promise<void>;

/** Writes an answer as it comes. @returns how many rows it has */
export async function writeResult(result: QueryResult, format: TextFormat, write: Write): Promise<number> {
  return WRITERS[format](result, write);
}

const WRITERS: Readonly<Record<TextFormat, (result: QueryResult, write: Write) => Promise<number>>> = {
  async csv({ columns, rows }, write) {
    await write(csvLine(columns.map(({ name }) => name)));
    return eachChunk(rows, (chunk) => write(chunk.map((row) => csvLine(row.map(csvCell))).join('')));
  },

  async json({ columns, rows }, write) {
    let separator = '[\n';
    const count = await eachChunk(rows, async (chunk) => {
      const lines = chunk.map((row) =>
        JSON.stringify(Object.fromEntries(columns.map(({ name }, index) => [name, jsonCell(row[index])]))),
      );
      await write(separator + lines.join(',\n'));
      separator = ',\n';
    });
    await write(count === 0 ? '[]\n' : '\n]\n');
    return count;
  },

  async markdown({ columns, rows }, write) {
    await write(markdownLine(columns.map(({ name }) => name)) + markdownLine(columns.map(() => '---')));
    return eachChunk(rows, (chunk) => write(chunk.map((row) => markdownLine(row.map(shown))).join('')));
  },

  async table({ columns, rows }, write) {
    const head: string[][] = [];
    const count = await eachChunk(rows, async (chunk) => {
      head.push(...chunk.slice(0, TABLE_ROWS - head.length).map((row) => row.map((cell) => plainText(shown(cell)))));
    });
    await write(`${formatTable(columns.map(({ name }) => plainText(name)), head)}\n`); // prettier-ignore
    const more = count - head.length;
    if (more > 0) await write(`… and ${more.toLocaleString('en')} more rows: --format csv or --out has them all.\n`);
    return count;
  },
};

async function eachChunk<T>(chunks: AsyncIterable<readonly T[]>, body: (chunk: readonly T[]) => Promise<void>) {
  let count = 0;
  for await (const chunk of chunks) {
    await body(chunk);
    count += chunk.length;
  }
  return count;
}

/** For people: six significant digits of what is no integer, nothing where there is no value. */
function shown(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isInteger(cell) ? String(cell) : String(Number(cell.toPrecision(6)));
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

function csvCell(cell: Cell) {
  return typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : cell;
}

/** JSON has no NaN and no infinities. */
function jsonCell(cell: Cell): Cell {
  return typeof cell === 'number' && !Number.isFinite(cell) ? null : cell;
}

function markdownLine(cells: readonly string[]): string {
  const escaped = cells.map((cell) => plainText(cell, Infinity).replace(/[\\|`*_<>[\]]/g, '\\$&'));
  return `| ${escaped.join(' | ')} |\n`;
}
