import {
  DuckDBDecimalValue,
  JsonDuckDBValueConverter,
  type DuckDBType,
  type DuckDBValue,
  type Json,
} from '@duckdb/node-api';

/** A value of a result: numbers may be NaN or infinite; times are ISO 8601 in UTC; lists and structures are JSON. */
export type Cell = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** DuckDB's value as JavaScript has it. Integers beyond 2^53 are strings, since no number holds them. */
export function cellOf(value: DuckDBValue, type: DuckDBType): Cell {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  const text = String(value);
  if (type.toString().startsWith('TIMESTAMP')) return isoTime(text);
  return JsonDuckDBValueConverter(value, type, JsonDuckDBValueConverter) as Cell;
}

/** `2026-01-31 09:30:05.12` or `…+00` as ISO 8601; `infinity` as it is. */
function isoTime(text: string): string {
  const time = new Date(`${text.replace(' ', 'T').replace(/\+00$/, '')}Z`);
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}
