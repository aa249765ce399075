import { symmetricEigenpairs, type Eigenpairs } from '../../numerics/linear-algebra.js';
import { addSymmetricOuter, dot, multiply } from '../../numerics/matrix.js';
import { unitGeometry } from '../geometry.js';
import { activeCorrelation, activeFourthMoment } from '../half-space-moments.js';
import type { TheoryModel } from '../theory-model.js';

/**
 * What one update makes of the covariance K = E[(w − v)(w − v)ᵀ] near the optimum, to first order in K, with A₂ = E[1(s>0) x xᵀ]:
 *
 *     K ← K − μ (A₂K + KA₂) + μ² ( E[1(s>0) (xᵀKx) x xᵀ]/B + (1 − 1/B) A₂KA₂ + σ² A₂/B ).
 *
 * In the eigenbasis of A₂ and in coordinates of symmetric matrices whose inner product is the trace of the product: the first
 * operator is diagonal then, and the second symmetric.
 */
export interface MeanSquareOperators {
  /** Eigenpairs of A₂ at the optimum. */
  readonly correlation: Eigenpairs;
  /** Number of coordinates, n(n + 1)/2. */
  readonly size: number;
  /** Of K ↦ A₂K + KA₂: its diagonal. */
  readonly decay: Float64Array;
  /** Of the bracket without its noise, row by row. */
  readonly growth: Float64Array;
  /** Coordinates of A₂. */
  readonly noise: Float64Array;
}

/**
 * @param batchSize B ≥ 1
 */
export function meanSquareOperators(model: TheoryModel, batchSize = 1): MeanSquareOperators {
  const { input, teacher } = model;
  const geometry = unitGeometry(input, teacher.weights, teacher.weights);
  const correlation = symmetricEigenpairs(activeCorrelation(geometry), input.size);
  const { values, vectors } = correlation;
  const n = input.size;
  const vector = (i: number) => vectors.subarray(i * n, (i + 1) * n);
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) pairs.push([i, j]);

  const size = pairs.length;
  const growth = new Float64Array(size * size);
  pairs.forEach(([i, j], column) => {
    // (uᵢ uⱼᵀ + uⱼ uᵢᵀ)/√2, or uᵢ uᵢᵀ: of trace norm 1.
    const basis = addSymmetricOuter(new Float64Array(n * n), i === j ? 1 : Math.SQRT2, vector(i), vector(j));
    const fourth = activeFourthMoment(geometry, basis);
    const images = Array.from({ length: n }, (_, k) => multiply(fourth, vector(k)));
    pairs.forEach(([k, l], row) => {
      growth[row * size + column] = ((k === l ? 1 : Math.SQRT2) * dot(images[k], vector(l))) / batchSize;
    });
    growth[column * (size + 1)] += (1 - 1 / batchSize) * values[i] * values[j];
  });
  return {
    correlation,
    size,
    decay: Float64Array.from(pairs, ([i, j]) => values[i] + values[j]),
    growth,
    noise: Float64Array.from(pairs, ([i, j]) => (i === j ? values[i] : 0)),
  };
}
