import { gaussLegendre } from '../../numerics/gauss-legendre.js';
import { addScaled, scaled } from '../../numerics/matrix.js';
import { normalDensity } from '../../numerics/normal.js';
import type { UnitGeometry } from '../geometry.js';

/** A teacher of any response g(t), t = v·x. */
export interface GenericTeacher {
  readonly weights: Float64Array;
  response(t: number): number;
  /** The t at which the response has a kink or a jump; it must be smooth between them, and grow no faster than a power of t. */
  readonly breaks?: readonly number[];
}

/** What is known of s once t is: s = mean + deviation ξ with a standard normal ξ, on which x then depends. */
export interface StudentGivenTeacher {
  readonly mean: number;
  readonly deviation: number;
  /** mean/deviation; ±∞ without deviation. */
  readonly a: number;
}

/** E[f | t] and E[f ξ | t] of a function f of s, t and the noise. */
export type ConditionalMoments = readonly [constant: number, alongStudent: number];

/** The integral reaches this far, in standard deviations of t. */
const FARTHEST = 9.5;
const PANELS = 16;
const NODES = 20;
/** Panels across a transition, in its own standard deviations. */
const TRANSITION = [-9, -4.5, 0, 4.5, 9];

/**
 * E[f x] by quadrature over the standardised t: given t, x = m + q z + (sine r − ρ ĉ) ξ + x⊥, where q = ρ r + sine ĉ. It needs no
 * derivative of the teacher's response. The teacher must vary (deviationT > 0).
 */
export function integrateOverTeacher(
  geometry: UnitGeometry,
  { response, breaks = [] }: GenericTeacher,
  conditional: (signal: number, student: StudentGivenTeacher) => ConditionalMoments,
): Float64Array {
  const { input, rho, sine, meanS, deviationS, meanT, deviationT, r, residual } = geometry;
  const { nodes, weights } = gaussLegendre(NODES);
  const ends = panelEnds(geometry, breaks);
  const deviation = sine * deviationS;
  let [constant, alongT, alongStudent] = [0, 0, 0];
  for (let panel = 1; panel < ends.length; panel++) {
    const half = (ends[panel] - ends[panel - 1]) / 2;
    for (let i = 0; i < NODES; i++) {
      const z = (ends[panel] + ends[panel - 1]) / 2 + half * nodes[i];
      const mean = meanS + rho * deviationS * z;
      const a = deviation > 0 ? mean / deviation : mean > 0 ? Infinity : -Infinity;
      const moments = conditional(response(meanT + deviationT * z), { mean, deviation, a });
      const weight = half * weights[i] * normalDensity(z);
      constant += weight * moments[0];
      alongT += weight * z * moments[0];
      alongStudent += weight * moments[1];
    }
  }
  const total = scaled(input.mean, constant);
  addScaled(total, alongT * rho + alongStudent * sine, r);
  return addScaled(total, alongT * sine - alongStudent * rho, residual);
}

/** Ascending: even steps over all z that matter, those of g's own breaks, and those around the z at which s is 0 on average. */
function panelEnds({ a, rho, sine, meanT, deviationT }: UnitGeometry, breaks: readonly number[]): number[] {
  // Given that the unit is active, t lies about ρ max(0, −a).
  const shift = Number.isFinite(a) ? rho * Math.max(0, -a) : 0;
  const [first, last] = [Math.min(0, shift) - FARTHEST, Math.max(0, shift) + FARTHEST];
  const ends = Array.from({ length: PANELS + 1 }, (_, i) => first + ((last - first) * i) / PANELS);
  ends.push(...breaks.map((t) => (t - meanT) / deviationT));
  if (rho !== 0) ends.push(...TRANSITION.map((step) => (step * sine - a) / rho));
  return ends.filter((z) => z >= first && z <= last).sort((x, y) => x - y);
}
