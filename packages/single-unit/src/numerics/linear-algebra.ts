import { EigenvalueDecomposition, LuDecomposition, Matrix } from 'ml-matrix';

/** Eigenvalues in increasing order, with orthonormal eigenvectors. */
export interface Eigenpairs {
  readonly values: Float64Array;
  /** n × n, row by row: row i is the eigenvector of value i. */
  readonly vectors: Float64Array;
}

/**
 * Eigenpairs of a symmetric matrix, by Householder's tridiagonalisation and the implicit QL method.
 *
 * @param matrix n × n, row by row
 */
export function symmetricEigenpairs(matrix: Float64Array, size: number): Eigenpairs {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(asMatrix(matrix, size), {
    assumeSymmetric: true,
  });
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) vectors[i * size + j] = eigenvectorMatrix.get(j, i);
  }
  return { values: Float64Array.from(realEigenvalues), vectors };
}

/**
 * The x with A x = b, by LU decomposition with partial pivoting; undefined where A is singular.
 *
 * @param matrix A, n × n, row by row
 * @param rightHandSide b, of n components
 */
export function solveLinear(matrix: Float64Array, rightHandSide: Float64Array): Float64Array | undefined {
  const decomposition = new LuDecomposition(asMatrix(matrix, rightHandSide.length));
  if (decomposition.isSingular()) return undefined;
  return Float64Array.from(decomposition.solve(Matrix.columnVector(rightHandSide)).to1DArray());
}

function asMatrix(values: Float64Array, size: number): Matrix {
  const matrix = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) matrix.set(i, j, values[i * size + j]);
  }
  return matrix;
}
