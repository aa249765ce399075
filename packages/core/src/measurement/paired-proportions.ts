import { ReluctantError } from '../errors.js';
import { betaCdf } from './beta-distribution.js';
import type { Interval } from './intervals.js';
import { normalQuantile } from './normal-distribution.js';

/** The same yes/no question asked twice of each of `pairs` independent things, such as whether an image is classified rightly. */
export interface PairedCounts {
  readonly pairs: number;
  /** First no, then yes. */
  readonly gained: number;
  /** First yes, then no. */
  readonly lost: number;
}

/**
 * McNemar's test (1947) in its exact form: the two-sided probability under H₀, that gains and losses are equally probable, of a split
 * of the pairs that changed at least as uneven as this one: min(1, 2·Pr[Bin(gained + lost, ½) ≤ min(gained, lost)]). 1 where
 * nothing changed.
 */
export function mcNemarProbability({ gained, lost }: PairedCounts): number {
  const fewer = Math.min(gained, lost);
  const more = Math.max(gained, lost);
  // Pr[Bin(n, ½) ≤ k] = I_½(n − k, k + 1).
  return more === 0 ? 1 : Math.min(1, 2 * betaCdf(0.5, more, fewer + 1));
}

/**
 * Tango's score interval (Statistics in Medicine 17, 1998) for the difference (gained − lost)/pairs of two paired proportions: all
 * differences Δ for which |gained − lost − pairs·Δ| is at most z standard errors, the variance taken at the most likely probabilities
 * that have this Δ. It has its coverage also where few pairs or none changed: then it is not a point. 0 lies in it exactly where
 * (gained − lost)²/(gained + lost) ≤ z², McNemar's large-sample test.
 * @param confidence in (0, 1)
 * @throws ReluctantError `INTERNAL` for counts that are no counts of pairs
 */
export function pairedDifferenceInterval(counts: PairedCounts, confidence = 0.95): Interval {
  const { pairs, gained, lost } = counts;
  if (!(pairs > 0 && gained >= 0 && lost >= 0 && gained + lost <= pairs)) {
    throw new ReluctantError('INTERNAL', `No counts of pairs: ${gained} gained and ${lost} lost of ${pairs}.`);
  }
  const z = normalQuantile(0.5 + confidence / 2);
  const estimate = (gained - lost) / pairs;
  return { lower: -limit(pairs, lost, gained, -estimate, z), upper: limit(pairs, gained, lost, estimate, z) };
}

/** The largest Δ in [estimate, 1] that is not more than z standard errors off, by bisection: the score falls as Δ grows. */
function limit(pairs: number, gained: number, lost: number, estimate: number, z: number): number {
  let [inside, outside] = [estimate, 1];
  if (score(pairs, gained, lost, 1) >= -z) return 1;
  while (outside - inside > 1e-12) {
    const middle = (inside + outside) / 2;
    if (score(pairs, gained, lost, middle) >= -z) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** (gained − lost − nΔ)/√(n·(2·q̂ + Δ·(1 − Δ))), q̂ the most likely probability of a loss where gains are more probable by Δ. */
function score(pairs: number, gained: number, lost: number, delta: number): number {
  const a = 2 * pairs;
  const b = -gained - lost + (2 * pairs - gained + lost) * delta;
  const c = -lost * delta * (1 - delta);
  const loss = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
  const excess = gained - lost - pairs * delta;
  if (excess === 0) return 0;
  return excess / Math.sqrt(pairs * Math.max(0, 2 * loss + delta * (1 - delta)));
}
