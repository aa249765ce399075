import { bivariateNormalCdf } from '../numerics/bivariate-normal.js';
import { normalDensity } from '../numerics/normal.js';
import { truncatedMoments } from '../numerics/truncated-moments.js';
import type { UnitGeometry } from './geometry.js';
import { integrateOrthant } from './orthant-quadrature.js';
import { STRIDE, type RegionMoments } from './region-moments.js';

/** Below this a, closed forms differ by less than their rounding errors from what is left of them: quadrature takes over. */
export const DEEP = -4;
/** So near to alignment the orthant is a thin wedge, whose moments are small differences in the closed forms. */
const NEARLY_ALIGNED = 1e-3;
/** A unit that is all but always active has no boundary to integrate from. */
const HARDLY_INACTIVE = 6;
/** Beyond this, Φ and φ are 0 or 1 in double precision. */
const CERTAIN = 40;

/**
 * Moments of the input where both the unit and the teacher are active, s > 0 and t > 0: in closed form (Rosenbaum 1961; Tallis
 * 1961) wherever it keeps its digits, and by quadrature where the unit is hardly ever active or nearly aligned with ±v.
 *
 * @param order 1 … 4
 * @param overDensity divide by φ(a), so that nothing underflows; a must be below `DEEP` then
 */
export function orthantMoments(geometry: UnitGeometry, order: number, overDensity = false): RegionMoments {
  const { a, sine } = geometry;
  const thin = sine < NEARLY_ALIGNED && a < HARDLY_INACTIVE;
  if (Number.isFinite(a) && (a < DEEP || thin)) return integrateOrthant(geometry, order, overDensity);
  return { geometry, centre: 'mean', values: closedForm(geometry, order) };
}

/** E[1(s > 0) 1(t > 0) z₁ⁱ z₂ʲ] by the recurrences that integration by parts gives. */
function closedForm({ a, b, rho, sine, eta, zeta }: UnitGeometry, order: number): Float64Array {
  const values = new Float64Array(STRIDE * STRIDE);
  const unitVaries = Math.abs(a) <= CERTAIN;
  const teacherVaries = Math.abs(b) <= CERTAIN;
  const [densityA, densityB] = [normalDensity(a), normalDensity(b)];
  const onUnitBoundary = truncatedMoments(eta, order);
  const onTeacherBoundary = truncatedMoments(zeta, order);

  // The integral of z₁ⁱ z₂ʲ over the teacher's boundary, on which z₁ = −bρ + sine·z and z₂ = −b·sine − ρz.
  const overTeacherBoundary = (i: number, j: number) => {
    if (!teacherVaries) return 0;
    let sum = 0;
    for (let p = 0; p <= i; p++) {
      for (let q = 0; q <= j; q++) {
        const fixed = (-b * rho) ** (i - p) * (-b * sine) ** (j - q);
        const free = sine ** p * (-rho) ** q;
        sum += BINOMIALS[i][p] * BINOMIALS[j][q] * fixed * free * onTeacherBoundary[p + q];
      }
    }
    return densityB * sum;
  };

  values[0] = bivariateNormalCdf(a, b, rho, sine);
  for (let j = 1; j <= order; j++) {
    values[j] = (j > 1 ? (j - 1) * values[j - 2] : 0) + sine * overTeacherBoundary(0, j - 1);
  }
  for (let i = 1; i <= order; i++) {
    const unitBoundary = unitVaries ? (-a) ** (i - 1) * densityA : 0;
    for (let j = 0; i + j <= order; j++) {
      const lower = i > 1 ? (i - 1) * values[STRIDE * (i - 2) + j] : 0;
      values[STRIDE * i + j] = lower + unitBoundary * onUnitBoundary[j] + rho * overTeacherBoundary(i - 1, j);
    }
  }
  return values;
}

const BINOMIALS = [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]];
