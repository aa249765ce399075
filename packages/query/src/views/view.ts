/** DuckDB's types, of which the views use these. */
export type ColumnType = 'VARCHAR' | 'INTEGER' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly meaning: string;
}

/** A documented view. Within a version columns are neither removed nor given another meaning; new ones come last. */
export interface View {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly Column[];
  /** The query behind it, over the tables of the schema `record`. */
  readonly select: string;
}

/** Columns as they are written down: name, type, meaning. */
export function columnsOf(...columns: readonly (readonly [string, ColumnType, string])[]): readonly Column[] {
  return columns.map(([name, type, meaning]) => ({ name, type, meaning }));
}
