import type { InputMoments } from '../../model/input-moments.js';
import { gaussLegendre } from '../../numerics/gauss-legendre.js';
import { addScaled, scaled } from '../../numerics/matrix.js';
import { normalCdf, normalDensity } from '../../numerics/normal.js';
import { unitGeometry, type UnitGeometry } from '../geometry.js';
import { activeInput, outputInputMoment } from '../half-space-moments.js';

/** A teacher of any response g(t), t = v·x. */
export interface GenericTeacher {
  readonly weights: Float64Array;
  response(t: number): number;
  /** Where the response has a kink or a jump; it must be smooth between them, and grow no faster than a power of t. */
  readonly breaks?: readonly number[];
}

/** The integral reaches this far, in standard deviations of t. */
const FARTHEST = 9.5;
const PANELS = 16;
const NODES = 20;

/**
 * The drift of `backprop`, E[(g(t) − y) 1(s > 0) x], under any teacher: an integral over the standardised t, given which x and s
 * are jointly normal,
 *
 *     E[g 1(s > 0) x] = ∫ φ(z) g(meanT + deviationT z) [(m + q z) Φ(k) + (sine r − ρ ĉ) φ(k)] dz,   k = (a + ρ z)/sine,
 *
 * where q = Rv/deviationT = ρ r + sine ĉ. It needs no derivative of g.
 */
export function genericTeacherDrift(input: InputMoments, teacher: GenericTeacher, weights: Float64Array): Float64Array {
  const geometry = unitGeometry(input, teacher.weights, weights);
  return addScaled(teacherPart(geometry, teacher), -1, outputInputMoment(geometry));
}

function teacherPart(geometry: UnitGeometry, { response, breaks = [] }: GenericTeacher): Float64Array {
  const { input, a, rho, sine, meanT, deviationT, r, residual } = geometry;
  if (deviationT === 0) return scaled(activeInput(geometry), response(meanT));
  const { nodes, weights } = gaussLegendre(NODES);
  const ends = panelEnds(geometry, breaks);
  let [mean, alongT, across] = [0, 0, 0];
  for (let panel = 1; panel < ends.length; panel++) {
    const half = (ends[panel] - ends[panel - 1]) / 2;
    for (let i = 0; i < NODES; i++) {
      const z = (ends[panel] + ends[panel - 1]) / 2 + half * nodes[i];
      const k = a + rho * z === 0 ? 0 : (a + rho * z) / sine;
      const weighted = half * weights[i] * normalDensity(z) * response(meanT + deviationT * z);
      mean += weighted * normalCdf(k);
      alongT += weighted * z * normalCdf(k);
      across += weighted * normalDensity(k);
    }
  }
  const total = scaled(input.mean, mean);
  addScaled(total, alongT * rho + across * sine, r);
  return addScaled(total, alongT * sine - across * rho, residual);
}

/** Ascending: even steps over all z that matter, those of g's own breaks, and those around the z at which s is 0 on average. */
function panelEnds({ a, rho, sine, meanT, deviationT }: UnitGeometry, breaks: readonly number[]): number[] {
  // Given that the unit is active, t lies about ρ max(0, −a).
  const shift = Number.isFinite(a) ? rho * Math.max(0, -a) : 0;
  const [first, last] = [Math.min(0, shift) - FARTHEST, Math.max(0, shift) + FARTHEST];
  const ends = Array.from({ length: PANELS + 1 }, (_, i) => first + ((last - first) * i) / PANELS);
  ends.push(...breaks.map((t) => (t - meanT) / deviationT));
  if (rho !== 0) ends.push(...[-9, -4.5, 0, 4.5, 9].map((step) => (step * sine - a) / rho));
  return ends.filter((z) => z >= first && z <= last).sort((x, y) => x - y);
}
