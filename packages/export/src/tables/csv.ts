import type { OutputFile } from '../files/output-file.js';
import type { Block, Cell, Table } from './table.js';
import { varies, type TableSink } from './table-sink.js';

/**
 * A line of a CSV file as RFC 4180 has it, its line break included. No value is an empty field, and empty text `""`; times are ISO 8601;
 * the numbers that have no digits are `NaN`, `Infinity` and `-Infinity`.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvField).join(',')}\r\n`;
}

function csvField(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Object.is(cell, -0) ? '-0' : String(cell);
  if (typeof cell === 'boolean') return String(cell);
  if (cell instanceof Date) return cell.toISOString();
  return cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A table as a CSV file with a header. */
export async function csvSink(file: OutputFile, { columns }: Table): Promise<TableSink> {
  await file.write(csvLine(columns.map(({ name }) => name)));
  return {
    add: (block) => file.write(csvLines(block)),
    end: async () => undefined,
  };
}

function csvLines({ rows, cells }: Block): string {
  const columns = cells.map((cell) => (varies(cell) ? cell : csvField(cell)));
  const lines = Array.from({ length: rows }, (_, row) =>
    columns.map((column) => (typeof column === 'string' ? column : csvField(column[row]))).join(','),
  );
  return lines.map((line) => `${line}\r\n`).join('');
}
