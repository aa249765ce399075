import { addScaled, addSymmetricOuter } from '../numerics/matrix.js';
import type { UnitGeometry } from './geometry.js';

/** Moments are kept up to this order in each of ξ and ζ. */
export const MAX_ORDER = 4;
/** Distance in `values` from one power of ξ to the next. */
export const STRIDE = MAX_ORDER + 1;

/**
 * Moments of the input over a region of the (s, t) plane: x = centre + r ξ + ĉ ζ + x⊥, where x⊥ is independent of the region.
 * (ξ, ζ) are the normal (z₁, z₂) of `UnitGeometry` with centre m, or (u, z₂) with u = s/deviationS and centre m₀, the mean input
 * on the decision boundary: the latter keeps all digits for a unit that is hardly ever active.
 */
export interface RegionMoments {
  readonly geometry: UnitGeometry;
  readonly centre: 'mean' | 'boundary';
  /** E[1(region) ξⁱ ζʲ] at [STRIDE · i + j]; filled for i + j up to the order that was asked for. */
  readonly values: Float64Array;
}

/** c₀ + c₁ξ + c₂ζ. */
export type LinearForm = readonly [number, number, number];
/** c₀ + c₁ξ + c₂ζ + c₃ξ² + c₄ξζ + c₅ζ². */
export type QuadraticForm = readonly [number, number, number, number, number, number];

type Centred = Pick<RegionMoments, 'geometry' | 'centre'>;

/** s, in the region's variables. */
export function studentForm({ geometry, centre }: Centred): LinearForm {
  return [centre === 'mean' ? geometry.meanS : 0, geometry.deviationS, 0];
}

/** t, in the region's variables. */
export function teacherForm({ geometry, centre }: Centred): LinearForm {
  const { meanT, boundaryMeanT, rho, deviationT, tau } = geometry;
  return [centre === 'mean' ? meanT : boundaryMeanT, rho * deviationT, tau];
}

/** t − slope · s, in the region's variables: with all its digits where w nears v and the slope is 1. */
export function differenceForm({ geometry, centre }: Centred, slope: number): LinearForm {
  const { meanS, deviationS, meanDifference, gainDifference, boundaryMeanT, tau } = geometry;
  const constant = centre === 'mean' ? meanDifference + (1 - slope) * meanS : boundaryMeanT;
  return [constant, (gainDifference + (1 - slope)) * deviationS, tau];
}

/** The product of two linear forms, times a factor. */
export function product(x: LinearForm, y: LinearForm, factor = 1): QuadraticForm {
  return [
    factor * x[0] * y[0],
    factor * (x[0] * y[1] + x[1] * y[0]),
    factor * (x[0] * y[2] + x[2] * y[0]),
    factor * x[1] * y[1],
    factor * (x[1] * y[2] + x[2] * y[1]),
    factor * x[2] * y[2],
  ];
}

/** E[1(region) P ξⁱ ζʲ] of a linear or quadratic form P. */
export function expectation({ values }: RegionMoments, form: LinearForm | QuadraticForm, i = 0, j = 0): number {
  const at = STRIDE * i + j;
  const linear = form[0] * values[at] + form[1] * values[at + STRIDE] + form[2] * values[at + 1];
  if (form.length === 3) return linear;
  return linear + form[3] * values[at + 2 * STRIDE] + form[4] * values[at + STRIDE + 1] + form[5] * values[at + 2];
}

/** E[1(region) P x], n numbers. Needs the region's moments up to the degree of P plus 1. */
export function inputMoment(region: RegionMoments, form: LinearForm | QuadraticForm): Float64Array {
  const { r, residual } = region.geometry;
  const moment = addScaled(new Float64Array(r.length), expectation(region, form), centreOf(region));
  addScaled(moment, expectation(region, form, 1, 0), r);
  return addScaled(moment, expectation(region, form, 0, 1), residual);
}

/** E[1(region) P x xᵀ], n × n. Needs the region's moments up to the degree of P plus 2. */
export function inputSecondMoment(region: RegionMoments, form: LinearForm | QuadraticForm): Float64Array {
  const { r, residual, input } = region.geometry;
  const centre = centreOf(region);
  const [zeroth, xi, zeta] = [
    expectation(region, form),
    expectation(region, form, 1, 0),
    expectation(region, form, 0, 1),
  ];
  const moment = input.covariance.map((covariance) => zeroth * covariance);
  addSymmetricOuter(moment, zeroth, centre);
  addSymmetricOuter(moment, 2 * xi, centre, r);
  addSymmetricOuter(moment, 2 * zeta, centre, residual);
  addSymmetricOuter(moment, expectation(region, form, 2, 0) - zeroth, r);
  addSymmetricOuter(moment, 2 * expectation(region, form, 1, 1), r, residual);
  return addSymmetricOuter(moment, expectation(region, form, 0, 2) - zeroth, residual);
}

function centreOf({ geometry, centre }: RegionMoments): Float64Array {
  return centre === 'mean' ? geometry.input.mean : geometry.boundaryInput;
}
