import { inactiveSide } from '../../model/update-rule.js';
import { symmetricEigenpairs } from '../../numerics/linear-algebra.js';
import { addScaled, addSymmetricOuter, dot, multiply, submatrix } from '../../numerics/matrix.js';
import {
  liftEntry,
  plainCoordinates,
  project,
  reduceWhiteInput,
  type Complement,
  type WhiteReduction,
} from '../evolution/white-reduction.js';
import { reflectUnit, unitGeometry } from '../geometry.js';
import { activeCorrelation, activeFourthMoment } from '../half-space-moments.js';
import { requireOptimum } from '../optimum.js';
import type { TheoryModel } from '../theory-model.js';

/**
 * What one update makes of the mean square K = E[(w − v)(w − v)ᵀ] near the optimum, to first order in K, with A₂ = E[1(s>0) x xᵀ]:
 *
 *     K ← K − μ (A₂K + KA₂) + μ² ( E[1(s>0) (xᵀKx) x xᵀ]/B + (1 − 1/B) A₂KA₂ + σ² N/B )
 *
 * Here in coordinates of symmetric matrices in the eigenbasis of A₂, whose inner product is the trace of the matrices' product: so
 * the first operator is diagonal, and the second symmetric. For white inputs only of matrices that share the symmetry of the
 * problem, a few however many inputs there are; those hold the slowest mode (Perron and Frobenius: the update maps positive
 * semi-definite matrices to such) and the steady state.
 */
export interface MeanSquareOperators {
  /** Number of coordinates. */
  readonly size: number;
  /** Eigenvalues of A₂, without repetitions of those that are equal by symmetry. */
  readonly rates: Float64Array;
  /** Of K ↦ A₂K + KA₂: its diagonal. */
  readonly decay: Float64Array;
  /** Of K ↦ E[1(s>0) (xᵀKx) x xᵀ]/B + (1 − 1/B) A₂KA₂, row by row. */
  readonly growth: Float64Array;
  /** Of A₂. */
  readonly correlation: Float64Array;
  /** Of N/B: N is A₂ for `backprop`; rules that open the gate below 0 let more noise through. */
  readonly noise: Float64Array;
  /** The matrix with the given coordinates, n × n, row by row. */
  matrixOf(coordinates: Float64Array): Float64Array;
}

/**
 * O(n⁶) for inputs that are not white, so for at most some 20 of them.
 *
 * @param hasBias whether the last component of x is the constant 1
 * @param batchSize B ≥ 1
 * @throws ReluctantError `CONFIG_INVALID` where `optimumProblem` has something to say
 */
export function meanSquareOperators(model: TheoryModel, hasBias: boolean, batchSize = 1): MeanSquareOperators {
  requireOptimum(model);
  const reduction = reduceWhiteInput(model.input, hasBias, [model.teacher.weights]);
  const input = reduction?.input ?? model.input;
  const weights = reduction ? project(reduction.basis, model.teacher.weights) : model.teacher.weights;
  const geometry = unitGeometry(input, weights, weights);
  const correlation = activeCorrelation(geometry);
  const noise = addScaled(
    correlation.slice(),
    inactiveSide(model.rule).gate ** 2,
    activeCorrelation(reflectUnit(geometry)),
  );

  const { elements, rates } = symmetricBasis(correlation, input.size, reduction?.complement);
  const coordinatesOf = (matrix: Float64Array) => Float64Array.from(elements, ({ coordinate }) => coordinate(matrix));
  const size = elements.length;
  const growth = new Float64Array(size * size);
  elements.forEach(({ operand, norm, eigenvalues }, column) => {
    coordinatesOf(activeFourthMoment(geometry, operand)).forEach((value, row) => {
      growth[row * size + column] = (value * norm) / batchSize;
    });
    growth[column * (size + 1)] += (1 - 1 / batchSize) * eigenvalues[0] * eigenvalues[1];
  });
  return {
    size,
    rates,
    growth,
    decay: Float64Array.from(elements, ({ eigenvalues }) => eigenvalues[0] + eigenvalues[1]),
    correlation: coordinatesOf(correlation),
    noise: coordinatesOf(noise).map((value) => value / batchSize),
    matrixOf(coordinates) {
      const matrix = new Float64Array(input.size ** 2);
      elements.forEach(({ element }, k) => addScaled(matrix, coordinates[k], element));
      return reduction ? liftMatrix(reduction, matrix, model.input.size) : matrix;
    },
  };
}

/** One of orthonormal symmetric matrices. */
interface BasisElement {
  readonly element: Float64Array;
  /** A part of the element, of which the others are images by symmetry, and by how much it must be multiplied to stand for it. */
  readonly operand: Float64Array;
  readonly norm: number;
  /** Of A₂, for its rows and its columns. */
  readonly eigenvalues: readonly [number, number];
  /** Trace of the product with the element, of a matrix that is an image of an element or the sum of such. */
  coordinate(matrix: Float64Array): number;
}

/** (uᵢuⱼᵀ + uⱼuᵢᵀ)/√2 and uᵢuᵢᵀ of the eigenvectors of A₂; of the complement, its identity alone. */
function symmetricBasis(
  correlation: Float64Array,
  size: number,
  complement: Complement | undefined,
): { readonly elements: readonly BasisElement[]; readonly rates: Float64Array } {
  const plain = plainCoordinates(size, complement);
  const { values, vectors } = symmetricEigenpairs(submatrix(correlation, size, plain), plain.length);
  const eigenvectors = Array.from(values, (_, k) => {
    const vector = new Float64Array(size);
    plain.forEach((i, row) => (vector[i] = vectors[k * plain.length + row]));
    return vector;
  });
  const elements: BasisElement[] = [];
  eigenvectors.forEach((first, i) => {
    for (const [j, second] of eigenvectors.slice(0, i + 1).entries()) {
      const norm = i === j ? 1 : Math.SQRT2;
      const element = addSymmetricOuter(new Float64Array(size * size), norm, first, second);
      const coordinate = (matrix: Float64Array) => norm * dot(first, multiply(matrix, second));
      elements.push({ element, operand: element, norm: 1, eigenvalues: [values[i], values[j]], coordinate });
    }
  });
  if (!complement) return { elements, rates: values };

  const { index, count } = complement;
  const diagonal = Array.from({ length: Math.min(2, count) }, (_, k) => (index + k) * (size + 1));
  const element = new Float64Array(size * size);
  for (const at of diagonal) element[at] = 1 / Math.sqrt(count);
  const operand = new Float64Array(size * size);
  operand[diagonal[0]] = 1;
  const eigenvalue = correlation[diagonal[0]];
  elements.push({
    element,
    operand,
    norm: Math.sqrt(count),
    eigenvalues: [eigenvalue, eigenvalue],
    coordinate: (matrix) =>
      (matrix[diagonal[0]] + (count > 1 ? (count - 1) * matrix[diagonal[1]] : 0)) / Math.sqrt(count),
  });
  return { elements, rates: Float64Array.of(...values, eigenvalue).sort() };
}

function liftMatrix(reduction: WhiteReduction, matrix: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, k) =>
    liftEntry(reduction, matrix, Math.floor(k / size), k % size),
  );
}
