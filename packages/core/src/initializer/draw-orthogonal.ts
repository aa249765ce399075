import type { Random } from '../random/random.js';

/**
 * A row-major [rows, columns] matrix, uniformly random among those whose columns (rows, where there are fewer of them) are
 * orthogonal and of norm `gain` (Saxe et al. 2014, arXiv 1312.6120).
 *
 * Orthonormalises a Gaussian matrix. Gram–Schmidt leaves the triangular factor a positive diagonal, and with that Q is
 * uniformly distributed (Mezzadri 2007, arXiv math-ph/0609050, §5). Takes about 2·rows·columns·min(rows, columns) operations.
 */
export function drawOrthogonal(rows: number, columns: number, gain: number, random: Random): Float32Array {
  const count = Math.min(rows, columns);
  const dimension = Math.max(rows, columns);
  const vectors = Array.from({ length: count }, () => Float64Array.from({ length: dimension }, () => random.normal()));
  orthonormalize(vectors);
  const matrix = new Float32Array(rows * columns);
  vectors.forEach((vector, j) => {
    for (let i = 0; i < dimension; i++) matrix[columns <= rows ? i * columns + j : j * columns + i] = gain * vector[i];
  });
  return matrix;
}

/** Modified Gram–Schmidt, in place: stable where the classical form, which projects the original vector, is not. */
function orthonormalize(vectors: readonly Float64Array[]): void {
  vectors.forEach((vector, k) => {
    for (let earlier = 0; earlier < k; earlier++) {
      addScaled(vector, -dot(vectors[earlier], vector), vectors[earlier]);
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < vector.length; i++) vector[i] /= norm;
  });
}

/** Four partial sums, so that additions need not wait for each other. */
function dot(a: Float64Array, b: Float64Array): number {
  const unrolled = a.length - (a.length % 4);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0; i < unrolled; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (let i = unrolled; i < a.length; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}

/** target += factor · source */
function addScaled(target: Float64Array, factor: number, source: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * source[i];
}
