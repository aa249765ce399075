/** A factor, or where and by how much the matrix fails to be positive semi-definite. */
export type CholeskyResult =
  { readonly factor: Float64Array } | { readonly failure: { readonly row: number; readonly pivot: number } };

/** Share of the largest variance below which a pivot counts as 0: rounding leaves about n·2⁻⁵³ of it. */
const NEGLIGIBLE = 1e-12;

/**
 * Lower triangular C with C Cᵀ = R, for a symmetric positive semi-definite R, which may be singular: a component without variance
 * of its own gets a column of zeros.
 *
 * @param matrix R, n × n, row by row; only its lower triangle is read
 * @returns C, n × n, row by row; or the first row whose pivot (the variance that earlier components leave unexplained) is negative,
 *   or is 0 although later components vary with it: the pivot reported then is the most negative one that this implies
 */
export function choleskyFactor(matrix: Float64Array, size: number): CholeskyResult {
  const factor = new Float64Array(size * size);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, Math.abs(matrix[i * size + i]));
  const tolerance = NEGLIGIBLE * size * largest;

  for (let column = 0; column < size; column++) {
    const pivot = matrix[column * size + column] - rowProduct(factor, size, column, column);
    if (pivot < -tolerance) return { failure: { row: column, pivot } };
    const diagonal = pivot > tolerance ? Math.sqrt(pivot) : 0;
    factor[column * size + column] = diagonal;
    for (let row = column + 1; row < size; row++) {
      const rest = matrix[row * size + column] - rowProduct(factor, size, row, column);
      if (diagonal > 0) factor[row * size + column] = rest / diagonal;
      // |rest|² may be at most pivot · (variance of the row), which is about 0.
      else if (Math.abs(rest) > Math.sqrt(tolerance) * Math.sqrt(largest))
        return { failure: { row, pivot: -Math.abs(rest) } };
    }
  }
  return { factor };
}

/** Inner product of two rows' first `column` entries. */
function rowProduct(factor: Float64Array, size: number, row: number, column: number): number {
  let sum = 0;
  for (let k = 0; k < column; k++) sum += factor[row * size + k] * factor[column * size + k];
  return sum;
}
