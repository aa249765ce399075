import { Random } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveLinear, symmetricEigenpairs } from './linear-algebra.js';

function randomSymmetric(size: number, seed: number): Float64Array {
  const random = new Random(seed);
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = random.normal();
  }
  return matrix;
}

describe('symmetricEigenpairs', () => {
  it('gives back the matrix, with orthonormal vectors and increasing values', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 1e6 }), (size, seed) => {
        const matrix = randomSymmetric(size, seed);
        const { values, vectors } = symmetricEigenpairs(matrix, size);
        expect([...values]).toEqual([...values].sort((a, b) => a - b));
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            let entry = 0;
            let product = 0;
            for (let k = 0; k < size; k++) {
              entry += values[k] * vectors[k * size + i] * vectors[k * size + j];
              product += vectors[i * size + k] * vectors[j * size + k];
            }
            expect(entry).toBeCloseTo(matrix[i * size + j], 12);
            expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('solveLinear', () => {
  it('solves', () => {
    const solution = solveLinear(Float64Array.of(0, 2, 1, 3), Float64Array.of(4, 7));
    expect(solution![0]).toBeCloseTo(1, 14);
    expect(solution![1]).toBeCloseTo(2, 14);
  });

  it('has no solution for a singular matrix', () => {
    expect(solveLinear(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1))).toBeUndefined();
  });
});
