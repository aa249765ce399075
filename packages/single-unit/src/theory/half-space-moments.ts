import { normalCdf } from '../numerics/normal.js';
import { addScaled, addSymmetricOuter, dot, multiply } from '../numerics/matrix.js';
import { rectifiedMoments, scaledRectifiedMoments } from '../numerics/rectified-moments.js';
import { truncatedMoments } from '../numerics/truncated-moments.js';
import type { UnitGeometry } from './geometry.js';
import {
  expectation,
  inputMoment,
  inputSecondMoment,
  product,
  STRIDE,
  studentForm,
  type LinearForm,
  type RegionMoments,
} from './region-moments.js';

/** Moments of z₂, which is independent of s. */
const NORMAL_MOMENTS = [1, 0, 1, 0, 3];
const ONE: LinearForm = [1, 0, 0];

/**
 * Moments of the input where the unit is active, s > 0. About the decision boundary where the unit is active on fewer than half
 * of the inputs, and about the mean above: both sums are then free of cancellation.
 *
 * @param order 1 … 4
 * @param overDensity divide by φ(a), so that nothing underflows; a must be negative then
 */
export function activeMoments(geometry: UnitGeometry, order: number, overDensity = false): RegionMoments {
  const { a } = geometry;
  const atBoundary = a < 0 && Number.isFinite(a);
  const powers = !atBoundary
    ? truncatedMoments(a, order)
    : overDensity
      ? scaledRectifiedMoments(a, order)
      : rectifiedMoments(a, order);
  const values = new Float64Array(STRIDE * STRIDE);
  for (let i = 0; i <= order; i++) {
    for (let j = 0; i + j <= order; j++) values[STRIDE * i + j] = powers[i] * NORMAL_MOMENTS[j];
  }
  return { geometry, centre: atBoundary ? 'boundary' : 'mean', values };
}

/** p = Pr[y > 0] = Φ(a). */
export function activationProbability({ a }: UnitGeometry): number {
  return normalCdf(a);
}

/** A₁ = E[1(s > 0) x] = Φ(a) m + φ(a) r. */
export function activeInput(geometry: UnitGeometry): Float64Array {
  return inputMoment(activeMoments(geometry, 1), ONE);
}

/**
 * A₂ = E[1(s > 0) x xᵀ] = Φ(a)(R + m mᵀ) + φ(a)(m rᵀ + r mᵀ) − a φ(a) r rᵀ, n × n: the Hessian of half the mean squared error at
 * w = v, and so what sets the rates of convergence.
 */
export function activeCorrelation(geometry: UnitGeometry): Float64Array {
  return inputSecondMoment(activeMoments(geometry, 2), ONE);
}

/** E[y] = deviationS κ(a) for y = max(s, 0). */
export function meanOutput(geometry: UnitGeometry): number {
  const active = activeMoments(geometry, 1);
  return expectation(active, studentForm(active));
}

/** E[y²] for y = max(s, 0). */
export function meanSquareOutput(geometry: UnitGeometry): number {
  const active = activeMoments(geometry, 2);
  const student = studentForm(active);
  return expectation(active, product(student, student));
}

/** E[y x] = A₂w = deviationS (κ(a) m + Φ(a) r) for y = max(s, 0). */
export function outputInputMoment(geometry: UnitGeometry): Float64Array {
  const active = activeMoments(geometry, 2);
  return inputMoment(active, studentForm(active));
}

/**
 * E[1(s > 0) (xᵀKx) x xᵀ], n × n, for a symmetric K: with x = c + r ξ + x⊥ and C = R − r rᵀ, the sum over powers of ξ of
 *
 *     (uᵀKu + tr KC)(u uᵀ + C) + 2(u uᵀKC + CK u uᵀ) + 2 CKC,   u = c + r ξ.
 *
 * O(n³).
 */
export function activeFourthMoment(geometry: UnitGeometry, matrix: Float64Array): Float64Array {
  const { r, input, boundaryInput } = geometry;
  const n = input.size;
  const active = activeMoments(geometry, 4);
  const centre = active.centre === 'mean' ? input.mean : boundaryInput;
  const power = (i: number) => active.values[STRIDE * i];
  const conditional = addSymmetricOuter(input.covariance.slice(), -1, r);
  // Columns of C are its rows.
  const rows = Array.from({ length: n }, (_, i) => conditional.subarray(i * n, (i + 1) * n));
  const matrixRows = rows.map((row) => multiply(matrix, row));
  const trace = matrixRows.reduce((sum, row, i) => sum + row[i], 0);
  const matrixCentre = multiply(matrix, centre);
  const matrixR = multiply(matrix, r);
  // uᵀKu + tr KC as a polynomial in ξ.
  const form = [dot(centre, matrixCentre) + trace, 2 * dot(r, matrixCentre), dot(r, matrixR)];
  const weighted = (shift: number) => form[0] * power(shift) + form[1] * power(shift + 1) + form[2] * power(shift + 2);

  const result = conditional.map((value) => weighted(0) * value);
  addSymmetricOuter(result, weighted(0), centre);
  addSymmetricOuter(result, 2 * weighted(1), centre, r);
  addSymmetricOuter(result, weighted(2), r);
  // 2(u (CKu)ᵀ + (CKu) uᵀ): CKu is linear in ξ too.
  const [fromCentre, fromR] = [multiply(conditional, matrixCentre), multiply(conditional, matrixR)];
  addSymmetricOuter(result, 4 * power(0), centre, fromCentre);
  addSymmetricOuter(result, 4 * power(1), centre, fromR);
  addSymmetricOuter(result, 4 * power(1), r, fromCentre);
  addSymmetricOuter(result, 4 * power(2), r, fromR);
  for (let i = 0; i < n; i++)
    addScaled(result.subarray(i * n, (i + 1) * n), 2 * power(0), multiply(conditional, matrixRows[i]));
  return result;
}
