import { symmetricEigenpairs } from '../../numerics/linear-algebra.js';
import { scaled, submatrix } from '../../numerics/matrix.js';
import { plainCoordinates, type Complement } from './white-reduction.js';

/** A point that stands for a part of a normal law. */
export interface CubaturePoint {
  /** Share of the law. */
  readonly weight: number;
  /** The point less the mean. */
  readonly shift: Float64Array;
  /** Covariance⁻¹ · shift: what another variable's covariance turns into its conditional mean less its mean. */
  readonly regressor: Float64Array;
}

/** Below this a direction does not vary. */
const SMALLEST_SHIFT = 1e-9;

/**
 * Points ± √(nλᵢ) uᵢ of equal weights, (λᵢ, uᵢ) the eigenpairs of the covariance: the spherical cubature rule of degree 3
 * (Arasaratnam & Haykin 2009), by which means of cubic polynomials over the normal law are exact. Directions that don't vary leave
 * their weight to the centre.
 *
 * @param covariance of `size` coordinates, row by row
 * @param complement where one coordinate stands for several (`reduceWhiteInput`): its points have the weight of all of them
 */
export function cubaturePoints(covariance: Float64Array, size: number, complement?: Complement): CubaturePoint[] {
  const plain = plainCoordinates(size, complement);
  const dimensions = plain.length + (complement?.count ?? 0);

  const points: CubaturePoint[] = [];
  let used = 0;
  const addPair = (direction: Float64Array, variance: number, multiplicity: number) => {
    const distance = Math.sqrt(dimensions * Math.max(0, variance));
    if (distance < SMALLEST_SHIFT) return;
    const weight = multiplicity / (2 * dimensions);
    used += 2 * weight;
    for (const sign of [1, -1]) {
      const shift = scaled(direction, sign * distance);
      points.push({ weight, shift, regressor: scaled(shift, 1 / variance) });
    }
  };

  const { values, vectors } = symmetricEigenpairs(submatrix(covariance, size, plain), plain.length);
  values.forEach((value, k) => {
    const direction = new Float64Array(size);
    plain.forEach((i, row) => (direction[i] = vectors[k * plain.length + row]));
    addPair(direction, value, 1);
  });
  if (complement) {
    const direction = new Float64Array(size);
    direction[complement.index] = 1;
    addPair(direction, covariance[complement.index * (size + 1)], complement.count);
  }
  if (used < 1 - 1e-12 || points.length === 0) {
    points.push({ weight: 1 - used, shift: new Float64Array(size), regressor: new Float64Array(size) });
  }
  return points;
}
