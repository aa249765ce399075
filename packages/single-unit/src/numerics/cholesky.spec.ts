import fc from 'fast-check';
import { expect, it } from 'vitest';
import { choleskyFactor } from './cholesky.js';

const entry = fc.integer({ min: -30, max: 30 }).map((tenths) => tenths / 10);
const size = fc.integer({ min: 1, max: 6 });

it('factors every positive semi-definite matrix, singular ones included', () => {
  const products = size.chain((n) =>
    fc
      .integer({ min: 1, max: n })
      .chain((rank) =>
        fc.array(entry, { minLength: n * rank, maxLength: n * rank }).map((root) => ({ n, rank, root })),
      ),
  );
  fc.assert(
    fc.property(products, ({ n, rank, root }) => {
      const matrix = new Float64Array(n * n);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          for (let k = 0; k < rank; k++) matrix[i * n + j] += root[i * rank + k] * root[j * rank + k];
        }
      }
      const result = choleskyFactor(matrix, n);
      if (!('factor' in result)) return false;
      const { factor } = result;
      const largest = Math.max(...matrix.map(Math.abs));
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
          let product = 0;
          for (let k = 0; k <= j; k++) product += factor[i * n + k] * factor[j * n + k];
          // A pivot that is taken for 0 leaves an error of its size behind.
          if (Math.abs(product - matrix[i * n + j]) > 1e-5 * largest + 1e-300) return false;
        }
      }
      return true;
    }),
  );
});

it('is exact on a correlated pair and on a component without variance', () => {
  expect(choleskyFactor(Float64Array.of(4, 2, 2, 5), 2)).toEqual({ factor: Float64Array.of(2, 0, 1, 2) });
  expect(choleskyFactor(Float64Array.of(1, 0, 0, 0), 2)).toEqual({ factor: Float64Array.of(1, 0, 0, 0) });
});

it('tells where a matrix is not positive semi-definite', () => {
  expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toEqual({ failure: { row: 1, pivot: -3 } });
  expect(choleskyFactor(Float64Array.of(0, 0.5, 0.5, 1), 2)).toEqual({ failure: { row: 1, pivot: -0.5 } });
});
