import {
  activationProbabilities,
  mean,
  normalCdf,
  perElement,
  standardDeviation,
  type TapSample,
  sitesSchema,
} from '@reluctant/core';
import { z } from 'zod';
import { memorylessProbe, type Measurement } from '../shared/memoryless-probe.js';
import { statisticOf } from '../shared/own-samples.js';
import { seriesOf, trainingSchema } from '../shared/training-option.js';

export const preActivationOptions = z.strictObject({
  sites: sitesSchema,
  training: trainingSchema(false),
});
export type PreActivationOptions = z.infer<typeof preActivationOptions>;

/**
 * Mean and spread of each unit's pre-activation s = w·x + b, and what Pr[y>0] would be if s were normal, beside what was counted. Where
 * the two differ by more than chance, s is not normal.
 *
 * - `mean`: of s, over images and positions
 * - `std`: standard deviation of s, dividing by the number of elements
 * - `threshold`: a = `mean` / `std`; ±∞ where s does not vary
 * - `pr`: Pr[s>0], counted
 * - `normalPr`: Φ(a), which `pr` would be if s were normal
 * - layer `pr`, `normalPr`: means over the units
 * - layer `meanDeviation`, `largestDeviation`: of |`normalPr` − `pr`| over the units
 *
 * @see Douglas & Yu 2018, arXiv 1812.05981
 */
export const preActivation = memorylessProbe<PreActivationOptions>({
  kind: 'pre-activation',
  summary: 'Mean and spread of the pre-activations, and the Pr[y>0] that normal ones of these would have',
  options: preActivationOptions,
  at: 'preactivation',
  statistics: ['fired', 'sum', 'sumSquares'],
  series: seriesOf,
  measure: measurePreActivation,
});

function measurePreActivation(sample: TapSample): Measurement {
  const { elements } = sample;
  const means = perElement(statisticOf(sample, 'sum'), elements);
  const sumSquares = statisticOf(sample, 'sumSquares');
  const std = means.map((value, unit) => standardDeviation(value * elements, sumSquares[unit], elements));
  const threshold = means.map((value, unit) => thresholdOf(value, std[unit]));
  const pr = activationProbabilities(statisticOf(sample, 'fired'), elements);
  const normalPr = threshold.map(normalCdf);
  const deviations = pr.map((counted, unit) => Math.abs(normalPr[unit] - counted));
  return {
    units: { mean: means, std, threshold, pr, normalPr },
    layer: {
      pr: mean(pr),
      normalPr: mean(normalPr),
      meanDeviation: mean(deviations),
      largestDeviation: Math.max(...deviations),
    },
  };
}

/** A constant pre-activation is above 0 always or never. */
function thresholdOf(average: number, deviation: number): number {
  if (deviation === 0) return average > 0 ? Infinity : -Infinity;
  return average / deviation;
}
