// Vectors are Float64Arrays, matrices too: n × n, row by row.

/** xᵀy. */
export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

/** x scaled by a factor, as a new vector. */
export function scaled(x: Float64Array, factor: number): Float64Array {
  return x.map((value) => factor * value);
}

/** target + factor · x, in place; returns the target. */
export function addScaled(target: Float64Array, factor: number, x: Float64Array): Float64Array {
  for (let i = 0; i < target.length; i++) target[i] += factor * x[i];
  return target;
}

/** Matrix · vector. */
export function multiply(matrix: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  const product = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0, k = i * n; j < n; j++, k++) sum += matrix[k] * x[j];
    product[i] = sum;
  }
  return product;
}

/** matrix + factor · (x yᵀ + y xᵀ)/2, in place: symmetric matrices stay so to the last bit. Returns the matrix. */
export function addSymmetricOuter(
  matrix: Float64Array,
  factor: number,
  x: Float64Array,
  y: Float64Array = x,
): Float64Array {
  const n = x.length;
  if (factor === 0) return matrix;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const term = (factor * (x[i] * y[j] + y[i] * x[j])) / 2;
      matrix[i * n + j] += term;
      if (i !== j) matrix[j * n + i] += term;
    }
  }
  return matrix;
}

/** Matrix · matrix, both n × n. O(n³). */
export function matrixProduct(left: Float64Array, right: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = product.subarray(i * n, (i + 1) * n);
    for (let k = 0; k < n; k++) addScaled(row, left[i * n + k], right.subarray(k * n, (k + 1) * n));
  }
  return product;
}

/** The rows and columns of a matrix with the given indices. */
export function submatrix(matrix: Float64Array, n: number, indices: readonly number[]): Float64Array {
  return Float64Array.from(indices.flatMap((i) => indices.map((j) => matrix[i * n + j])));
}
