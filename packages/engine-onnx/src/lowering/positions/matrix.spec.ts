import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kronecker, reorderRows, transposed, type Matrix } from './matrix.js';

const matrices = fc
  .record({ rows: fc.integer({ min: 1, max: 4 }), columns: fc.integer({ min: 1, max: 4 }) })
  .chain(({ rows, columns }) =>
    fc
      .array(fc.integer({ min: -9, max: 9 }), { minLength: rows * columns, maxLength: rows * columns })
      .map((data): Matrix => ({ rows, columns, data: Float32Array.from(data) })),
  );
const at = ({ columns, data }: Matrix, row: number, column: number) => data[row * columns + column];

describe('matrices', () => {
  it('transpose', () => {
    fc.assert(
      fc.property(matrices, (a) => {
        const b = transposed(a);
        expect([b.rows, b.columns]).toEqual([a.columns, a.rows]);
        for (let i = 0; i < a.rows; i++) for (let j = 0; j < a.columns; j++) expect(at(b, j, i)).toBe(at(a, i, j));
      }),
    );
  });

  it('have a Kronecker product', () => {
    fc.assert(
      fc.property(matrices, matrices, (a, b) => {
        const product = kronecker(a, b);
        expect([product.rows, product.columns]).toEqual([a.rows * b.rows, a.columns * b.columns]);
        for (let i = 0; i < product.rows; i++) {
          for (let j = 0; j < product.columns; j++) {
            const [row, column] = [Math.floor(i / b.rows), Math.floor(j / b.columns)];
            // −0 and 0 are one number here.
            expect(at(product, i, j) + 0).toBe(at(a, row, column) * at(b, i % b.rows, j % b.columns) + 0);
          }
        }
      }),
    );
  });

  it('take their rows in another order', () => {
    const a: Matrix = { rows: 3, columns: 2, data: Float32Array.of(1, 2, 3, 4, 5, 6) };
    expect(reorderRows(a, [2, 0, 0])).toEqual({ rows: 3, columns: 2, data: Float32Array.of(5, 6, 1, 2, 1, 2) });
  });
});
