import type { Block, Cell } from './table.js';

/** Where the rows of one table go, in order. */
export interface TableSink {
  add(block: Block): Promise<void>;
  /** Writes what is still held back. */
  end(): Promise<void>;
}

/** Whether a column of a block has a value for each row, rather than one for all. */
export function varies(cell: Cell | ArrayLike<Cell>): cell is ArrayLike<Cell> {
  return typeof cell === 'object' && cell !== null && !(cell instanceof Date);
}
