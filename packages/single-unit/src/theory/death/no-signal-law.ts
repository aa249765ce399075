import { bisect } from '../../numerics/bisect.js';
import { dawson } from '../../numerics/dawson.js';
import { dormandPrince } from '../../numerics/dormand-prince.js';
import { millsRatio } from '../../numerics/normal.js';

// A unit with white zero-mean inputs and a bias whose desired signal tells nothing of the input (zero teacher, or noise alone of
// mean zero). By the mean-field equation its normalised threshold a = b/|w| moves as da/d(μk) = −φ(a), whatever its weights, their
// number and their scale are: it dies from every initialisation, but ever more slowly, since Pr[y>0] = Φ(a) ~ 1/(μk).

const TOLERANCES = { relative: 1e-12, absolute: 1e-13 };

/**
 * The time μk after which the threshold has fallen from `from` to `to`: π [erfi(from/√2) − erfi(to/√2)]. Infinity beyond |a| ≈ 37.
 *
 * @param to at most `from`
 */
export function noSignalTime(from: number, to: number): number {
  return fadingTime(from) - fadingTime(to);
}

/** The threshold a = b/|w| at time μk = `time` ≥ 0, starting from `start`. */
export function noSignalThreshold(start: number, time: number): number {
  const target = fadingTime(start) - time;
  if (target === 0) return 0;
  // ∫₀ˣ 1/φ is at least √(2π) x, and for x ≥ 1 at least exp((x − 1)²/2): so the root lies below both inverses.
  const size = Math.abs(target);
  const bound = Math.min(size / Math.sqrt(2 * Math.PI), 1 + Math.sqrt(2 * Math.log1p(size)));
  return Math.sign(target) * bisect((x) => fadingTime(x) - size, 0, bound * (1 + 1e-15));
}

/**
 * ln(|w| at the threshold `to` / |w| at the threshold `from`): ∫ Φ(a)/φ(a) da between them. The weights shrink as the unit fades.
 *
 * @param to at most `from`
 */
export function noSignalShrinkage(from: number, to: number): number {
  const derivative = (fallen: number, _: Float64Array, slope: Float64Array) => slope.fill(-millsRatio(fallen - from));
  let shrinkage = 0;
  for (const step of dormandPrince(derivative, { time: 0, state: new Float64Array(1) }, from - to, TOLERANCES)) {
    shrinkage = step.stateAt(step.end)[0];
  }
  return shrinkage;
}

/** ∫₀ᵃ 1/φ = π erfi(a/√2), by Dawson's integral. */
function fadingTime(a: number): number {
  return 2 * Math.sqrt(Math.PI) * Math.exp((a * a) / 2) * dawson(a / Math.SQRT2);
}
