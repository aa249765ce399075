import { normalQuantile } from '@reluctant/core';
import { normalCdf, normalDensity } from '../numerics/normal.js';
import { noSignalThreshold, noSignalTime } from '../theory/death/no-signal-law.js';
import type { Observation } from './fit-options.js';

/** The law of a unit without a signal, at the rate that suits recorded probabilities best. */
export interface NoSignalFit {
  /** μ per optimizer step; ≤ 0 for a unit that does not fade. */
  readonly rate: number;
  /** Of the rate, from the images behind each probability alone. */
  readonly standardError: number;
  /** Pr[y>0] by the law at every observation, from the first on. */
  readonly probabilities: readonly number[];
}

/**
 * From the first recorded Pr[y>0] on, its threshold a = Φ⁻¹(p) falls as erfi(a/√2) − μk/π. That is linear in μ, so the best μ is
 * that of weighted least squares through the origin, with the weights of binomial proportions. An observation of 0 or 1 has no
 * threshold and counts for nothing.
 *
 * @returns undefined where the first observation, or all others, are 0 or 1
 */
export function fitNoSignalLaw(observations: readonly Observation[]): NoSignalFit | undefined {
  const [first, ...later] = observations;
  if (!isInside(first.probability)) return undefined;
  const start = normalQuantile(first.probability);
  const points = later.filter(({ probability }) => isInside(probability));
  let covariance = 0;
  let information = 0;
  for (const { step, probability, images } of points) {
    const threshold = normalQuantile(probability);
    const steps = step - first.step;
    const weight = (images * normalDensity(threshold) ** 4) / (probability * (1 - probability));
    covariance += weight * steps * noSignalTime(start, threshold);
    information += weight * steps * steps;
  }
  if (!(information > 0)) return undefined;
  const rate = covariance / information;
  const at = (step: number) => normalCdf(noSignalThreshold(start, Math.max(0, rate) * (step - first.step)));
  return { rate, standardError: 1 / Math.sqrt(information), probabilities: observations.map(({ step }) => at(step)) };
}

const isInside = (probability: number) => probability > 0 && probability < 1;
