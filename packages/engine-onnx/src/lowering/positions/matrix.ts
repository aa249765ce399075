/** A matrix as its rows, one after the other. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

export function matrix(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, columns: rows[0].length, data: Float32Array.from(rows.flat()) };
}

export function transposed({ rows, columns, data }: Matrix): Matrix {
  return {
    rows: columns,
    columns: rows,
    data: data.map((_, i) => data[(i % rows) * columns + Math.floor(i / rows)]),
  };
}

/** A ⊗ B: rows and columns are pairs, of which B's change faster. */
export function kronecker(a: Matrix, b: Matrix): Matrix {
  const [rows, columns] = [a.rows * b.rows, a.columns * b.columns];
  const data = new Float32Array(rows * columns).map((_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const ofA = a.data[Math.floor(row / b.rows) * a.columns + Math.floor(column / b.columns)];
    return ofA * b.data[(row % b.rows) * b.columns + (column % b.columns)];
  });
  return { rows, columns, data };
}

/** The rows of a matrix in another order. */
export function reorderRows({ columns, data }: Matrix, order: readonly number[]): Matrix {
  return {
    rows: order.length,
    columns,
    data: Float32Array.from(order.flatMap((row) => [...data.subarray(row * columns, (row + 1) * columns)])),
  };
}
