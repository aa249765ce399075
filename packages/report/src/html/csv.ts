import { ABSENT } from './format.js';
import type { Table } from './table.js';

/** Starts of cells that spreadsheets take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const THOUSANDS = /^[-−]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const PERCENT = /^([-−]?[\d.]+)\u00a0%$/;
const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/**
 * A table as CSV (RFC 4180, UTF-8). Numbers are written plainly: without commas between thousands, percentages as shares of 1, an
 * absent one as an empty cell, the others as `NaN`, `Infinity` and `-Infinity`. A text that a spreadsheet would take for a
 * formula gets an apostrophe in front.
 */
export function toCsv({ columns, rows }: Table): string {
  const lines = [
    columns.map(({ label }) => quote(defuse(label))),
    ...rows.map((row) => row.map((cell, index) => quote(columns[index]?.as === 'number' ? plain(cell) : defuse(cell)))),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function plain(cell: string): string {
  if (cell === ABSENT) return '';
  if (cell === 'not a number') return 'NaN';
  if (cell === '∞') return 'Infinity';
  if (cell === '−∞') return '-Infinity';
  const percent = PERCENT.exec(cell);
  if (percent) return String(Number((Number(percent[1]!.replace('−', '-')) / 100).toPrecision(12)));
  const number = THOUSANDS.test(cell) ? cell.replaceAll(',', '').replace('−', '-') : cell;
  return NUMBER.test(number) ? number : defuse(cell);
}

function defuse(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
