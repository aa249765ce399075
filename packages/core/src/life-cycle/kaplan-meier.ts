import { clopperPearsonInterval, type Interval } from '../measurement/intervals.js';
import { normalQuantile } from '../measurement/normal-distribution.js';

/** What is known of one subject: the event at `time`, or that it had not come by then (right-censored). */
export interface Subject {
  readonly time: number;
  readonly event: boolean;
}

/** The survival function from `time` on, up to the next point. */
export interface SurvivalPoint extends Interval {
  readonly time: number;
  /** Subjects without an event that were followed up to this time. */
  readonly atRisk: number;
  /** Events at this time. */
  readonly events: number;
  /** Subjects that are lost to sight right after this time. */
  readonly censored: number;
  /** S(t), the estimated share without an event beyond this time. */
  readonly survival: number;
  /** Greenwood's standard error of `survival`. */
  readonly standardError: number;
}

/**
 * The product-limit estimate of a survival function (Kaplan & Meier 1958), S(t) = Π (1 − dᵢ/nᵢ) over the event times tᵢ ≤ t, with
 * Greenwood's variance (1926) S²·Σ dᵢ/(nᵢ(nᵢ − dᵢ)) and a pointwise interval. Who is censored at a time of events counts as at
 * risk there, as usual.
 *
 * The interval is symmetric for ln(−ln S) (Kalbfleisch & Prentice 1980), which keeps it within [0, 1] and closer to its confidence in
 * small samples than S ± z·se, which has to be clipped (Borgan & Liestøl 1990). Where S is 1 or 0, Greenwood's variance is 0 and
 * would promise certainty. There the interval is Clopper and Pearson's for as many subjects as were not censored before: exact
 * where subjects are lost only at the end, as units of a run are.
 * @param subjects times are finite and not negative
 * @param confidence in (0, 1)
 * @param times further times at which to say what survives
 * @returns one point for each time of a subject and of `times`, ascending
 */
export function kaplanMeier(
  subjects: readonly Subject[],
  confidence = 0.95,
  times: readonly number[] = [],
): readonly SurvivalPoint[] {
  const z = normalQuantile(0.5 + confidence / 2);
  const ends = [...subjects].sort((a, b) => a.time - b.time);
  const all = [...new Set([...ends.map(({ time }) => time), ...times])].sort((a, b) => a - b);
  let next = 0;
  let lost = 0;
  let survival = 1;
  let greenwood = 0;
  return all.map((time) => {
    const atRisk = ends.length - next;
    let events = 0;
    let censored = 0;
    for (; next < ends.length && ends[next].time === time; next++) {
      if (ends[next].event) events++;
      else censored++;
    }
    if (events > 0) {
      survival *= 1 - events / atRisk;
      greenwood += events / (atRisk * (atRisk - events));
    }
    const interval = bounds(survival, greenwood, ends.length - lost, z, confidence);
    lost += censored;
    const standardError = survival === 0 ? 0 : survival * Math.sqrt(greenwood);
    return { time, atRisk, events, censored, survival, standardError, ...interval };
  });
}

function bounds(survival: number, greenwood: number, subjects: number, z: number, confidence: number): Interval {
  if (survival === 0 || survival === 1) return clopperPearsonInterval(survival * subjects, subjects, confidence);
  const spread = (z * Math.sqrt(greenwood)) / Math.abs(Math.log(survival));
  return { lower: survival ** Math.exp(spread), upper: survival ** Math.exp(-spread) };
}
