import { gaussLegendre } from '../numerics/gauss-legendre.js';
import { normalDensity } from '../numerics/normal.js';
import { truncatedMoments } from '../numerics/truncated-moments.js';
import type { UnitGeometry } from './geometry.js';
import { STRIDE, type RegionMoments } from './region-moments.js';

/** Nodes of each panel. */
const NODES = 20;
/** The integrand is followed until it has fallen by exp(−45), and no further from the mean than 9.5 standard deviations. */
const LAST_EXPONENT = 45;
const FARTHEST = 9.5;
/** Panels that the weight alone needs, as shares of the range: finer towards the boundary, where it is largest. */
const SHARES = [0, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1];
/** Panels across the teacher's transition, in its standard deviations. */
const TRANSITION = [-9, -4.5, 0, 4.5, 9];

/**
 * `orthantMoments` as integrals over the distance u ≥ 0 from the unit's decision boundary (x given u is normal about m₀ + r u):
 *
 *     E[1(s > 0) 1(t > 0) uⁱ z₂ʲ] = φ(a) ∫₀^∞ exp(au − u²/2) uⁱ J_j((E[t | u])/τ) du.
 *
 * All terms of even j are positive, so the digits of the closed forms' differences stay. About 100 times φ and Φ.
 *
 * @param overDensity leave out φ(a)
 */
export function integrateOrthant(geometry: UnitGeometry, order: number, overDensity: boolean): RegionMoments {
  const { a, rho, deviationT, tau, boundaryMeanT } = geometry;
  const values = new Float64Array(STRIDE * STRIDE);
  const slope = rho * deviationT;
  const { nodes, weights } = gaussLegendre(NODES);
  const weightAt = overDensity ? (u: number) => Math.exp(u * (a - u / 2)) : (u: number) => normalDensity(u - a);
  const breaks = panels(geometry, slope);
  for (let panel = 1; panel < breaks.length; panel++) {
    const half = (breaks[panel] - breaks[panel - 1]) / 2;
    const middle = (breaks[panel] + breaks[panel - 1]) / 2;
    for (let node = 0; node < NODES; node++) {
      const u = middle + half * nodes[node];
      const mean = boundaryMeanT + slope * u;
      const threshold = tau > 0 ? mean / tau : mean > 0 ? Infinity : -Infinity;
      if (threshold < -38) continue;
      const teacher = truncatedMoments(threshold, order);
      let power = half * weights[node] * weightAt(u);
      for (let i = 0; i <= order; i++, power *= u) {
        for (let j = 0; i + j <= order; j++) values[STRIDE * i + j] += power * teacher[j];
      }
    }
  }
  return { geometry, centre: 'boundary', values };
}

/** Ascending ends of the panels: those of the weight's own range, and those around the u at which E[t | u] changes its sign. */
function panels({ a, tau, boundaryMeanT }: UnitGeometry, slope: number): number[] {
  const first = Math.max(0, a - FARTHEST);
  const last = Math.min(
    a + FARTHEST + Math.max(0, -a),
    (2 * LAST_EXPONENT) / (Math.hypot(a, Math.sqrt(2 * LAST_EXPONENT)) - a),
  );
  const breaks = SHARES.map((share) => first + share * (last - first));
  if (slope !== 0) {
    for (const step of TRANSITION) breaks.push((step * tau - boundaryMeanT) / slope);
  }
  return [...new Set(breaks.filter((u) => u >= first && u <= last))].sort((x, y) => x - y);
}
