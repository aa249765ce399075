import type { TeacherKind } from '../model/teacher.js';
import { bivariateNormalCdf } from '../numerics/bivariate-normal.js';
import { normalCdf, normalDensity } from '../numerics/normal.js';

/** Share of its summands below which a difference has lost too many of its digits: ten are left here. */
const CANCELLED = 1e-6;

/** The joint normal law of pre-activation s and teacher's t. */
export interface JointLaw {
  readonly meanS: number;
  /** > 0. */
  readonly deviationS: number;
  readonly meanT: number;
  /** > 0. */
  readonly deviationT: number;
  /** Correlation, and √(1 − ρ²). */
  readonly rho: number;
  readonly sine: number;
}

/**
 * E[(g(t) − y)²] of y = max(s, 0) as E[g²] − 2 E[g y] + E[y²]: in a fifth of the time that `squaredError` takes, and more
 * exact than any average over trials. Undefined where the summands all but cancel; ask `squaredError` then.
 */
export function quickExcessError(kind: Exclude<TeacherKind, 'none'>, law: JointLaw): number | undefined {
  const { meanS, deviationS, meanT, deviationT, rho, sine } = law;
  const a = meanS / deviationS;
  const b = meanT / deviationT;
  const [p, density] = [normalCdf(a), normalDensity(a)];
  const output = deviationS ** 2 * ((a * a + 1) * p + a * density);
  const [signal, product] = signalTerms();
  const sum = signal + output;
  const error = sum - 2 * product;
  return error > CANCELLED * sum ? error : undefined;

  /** E[g²] and E[g y]. */
  function signalTerms(): [number, number] {
    if (kind === 'zero') return [0, 0];
    const scale = deviationS * deviationT;
    // E[t max(s, 0)] by integration by parts.
    if (kind === 'linear') return [meanT ** 2 + deviationT ** 2, scale * (b * (a * p + density) + rho * p)];
    // Rosenbaum 1961: the second mixed moment of a truncated bivariate normal law.
    const [q, densityT] = [normalCdf(b), normalDensity(b)];
    const both = (a * b + rho) * bivariateNormalCdf(a, b, rho, sine);
    const eta = sine > 0 ? (b - rho * a) / sine : Math.sign(b - rho * a) * Infinity;
    const zeta = sine > 0 ? (a - rho * b) / sine : Math.sign(a - rho * b) * Infinity;
    if (Number.isNaN(eta) || Number.isNaN(zeta)) return [NaN, NaN];
    const edges = a * densityT * normalCdf(zeta) + b * density * normalCdf(eta) + sine * density * normalDensity(eta);
    return [deviationT ** 2 * ((b * b + 1) * q + b * densityT), scale * (both + edges)];
  }
}
