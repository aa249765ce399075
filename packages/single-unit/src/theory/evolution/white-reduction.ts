import type { InputMoments } from '../../model/input-moments.js';

/** Directions in which nothing distinguishes one from another: all of them orthogonal to v, to the mean weights and to m. */
export interface Complement {
  /** Index of the coordinate that stands for all of them; where there are two or more, the next one stands for another of them. */
  readonly index: number;
  /** How many they are, ≥ 1. */
  readonly count: number;
}

/** Coordinates in which the mean weights move, for inputs of covariance c I: few, however many inputs there are. */
export interface WhiteReduction {
  /** Orthonormal rows, reduced size × n, row by row; the last is the bias where there is one. */
  readonly basis: Float64Array;
  /** Number of coordinates, with those that stand for the complement. */
  readonly size: number;
  /** Whether the last coordinate is a bias. */
  readonly hasBias: boolean;
  readonly input: InputMoments;
  readonly complement: Complement | undefined;
}

/** What is left of a vector is taken to be rounding error below so much of it. */
const ROUNDING = 1e-13;

/**
 * Order parameters of a unit whose inputs have the covariance c I (and a bias, or not): gradients lie in the span of the input's
 * mean, v and w, so the mean weights stay in the span of those that they start from, and the covariance of the weights is isotropic
 * in all other directions. Exact, and with a cost that doesn't depend on the number of inputs.
 *
 * @param vectors v and the weights at the start (n components each, with the bias)
 * @returns undefined where the covariance is not of that form
 */
export function reduceWhiteInput(
  input: InputMoments,
  hasBias: boolean,
  vectors: readonly Float64Array[],
): WhiteReduction | undefined {
  const inputs = input.size - (hasBias ? 1 : 0);
  const variance = input.covariance[0];
  const isWhite = input.covariance.every((entry, k) => {
    const [i, j] = [Math.floor(k / input.size), k % input.size];
    return entry === (i === j && i < inputs ? variance : 0);
  });
  if (!isWhite || inputs === 0) return undefined;

  const rows: Float64Array[] = [];
  for (const vector of [...vectors, input.mean]) {
    const rest = residual(vector.slice(0, inputs), rows);
    if (rest) rows.push(rest);
  }
  const count = inputs - rows.length;
  const complement = count > 0 ? { index: rows.length, count } : undefined;
  for (let axis = 0; axis < inputs && rows.length < (complement?.index ?? 0) + Math.min(count, 2); axis++) {
    const rest = residual(unitVector(inputs, axis), rows, 1 / (2 * inputs));
    if (rest) rows.push(rest);
  }

  const size = rows.length + (hasBias ? 1 : 0);
  const basis = new Float64Array(size * input.size);
  rows.forEach((row, i) => basis.set(row, i * input.size));
  if (hasBias) basis[basis.length - 1] = 1;
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < rows.length; i++) covariance[i * size + i] = variance;
  return { basis, size, hasBias, complement, input: { size, mean: project(basis, input.mean), covariance } };
}

/** The coordinates that stand for themselves alone. */
export function plainCoordinates(size: number, complement: Complement | undefined): number[] {
  const all = Array.from({ length: size }, (_, i) => i);
  if (!complement) return all;
  const { index, count } = complement;
  return all.filter((i) => i < index || i >= index + Math.min(2, count));
}

/** Coordinates of a vector of n components in the basis. */
export function project(basis: Float64Array, vector: Float64Array): Float64Array {
  const size = basis.length / vector.length;
  const coordinates = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < vector.length; j++) coordinates[i] += basis[i * vector.length + j] * vector[j];
  }
  return coordinates;
}

/** The vector of n components with the given coordinates in the basis. */
export function lift(basis: Float64Array, coordinates: Float64Array): Float64Array {
  const size = basis.length / coordinates.length;
  const vector = new Float64Array(size);
  for (let i = 0; i < coordinates.length; i++) {
    for (let j = 0; j < size; j++) vector[j] += coordinates[i] * basis[i * size + j];
  }
  return vector;
}

/**
 * Entry (i, j) of a covariance of n components, of which the coordinates have the covariance given: in all directions of inputs
 * that no coordinate covers it is that of the complement.
 */
export function liftEntry(
  { basis, size, hasBias, complement }: WhiteReduction,
  covariance: Float64Array,
  i: number,
  j: number,
): number {
  const n = basis.length / size;
  const ofComplement = complement ? covariance[complement.index * (size + 1)] : 0;
  let entry = i === j && !(hasBias && i === n - 1) ? ofComplement : 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const isInput = row === column && !(hasBias && row === size - 1);
      const own = covariance[row * size + column] - (isInput ? ofComplement : 0);
      entry += own * basis[row * n + i] * basis[column * n + j];
    }
  }
  return entry;
}

/** The part of a vector that is orthogonal to the rows, of length 1; undefined where it is at most a share of the vector. */
function residual(vector: Float64Array, rows: readonly Float64Array[], smallest = ROUNDING): Float64Array | undefined {
  const length = Math.hypot(...vector);
  const rest = Float64Array.from(vector);
  // Twice is enough (Kahan, in Parlett 1980) for orthogonality to rounding.
  for (let pass = 0; pass < 2; pass++) {
    for (const row of rows) {
      const overlap = row.reduce((sum, component, i) => sum + component * rest[i], 0);
      row.forEach((component, i) => (rest[i] -= overlap * component));
    }
  }
  const left = Math.hypot(...rest);
  return left > smallest * length ? rest.map((component) => component / left) : undefined;
}

function unitVector(size: number, axis: number): Float64Array {
  const vector = new Float64Array(size);
  vector[axis] = 1;
  return vector;
}
