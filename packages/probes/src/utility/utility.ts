import { mean, perElement, quantile, sitesSchema, type TapSample } from '@reluctant/core';
import { z } from 'zod';
import { count } from '../shared/count.js';
import { inspectingProbe } from '../shared/inspecting-probe.js';
import type { Measurement } from '../shared/memoryless-probe.js';
import { statisticOf } from '../shared/own-samples.js';
import { outgoingWeights } from './outgoing-weights.js';

export const utilityOptions = z.strictObject({ sites: sitesSchema });
export type UtilityOptions = z.infer<typeof utilityOptions>;

/**
 * Contribution utility (Dohare et al. 2024, Loss of plasticity in deep continual learning): how large a unit's
 * output is, times how much its consumers weight it. There |h| is a running average over training steps with a decay of 0.99; here it is
 * the mean over the images of the probe split and positions, in evaluation mode, beside the weights of the same moment. The weights that
 * leave a unit are those of the next convolutions and dense layers on every path, found through pooling, dropout, padding, flattening,
 * concatenations and additions; a normalisation on the way scales the weights behind it by |γ|/√(variance + ε), and a path that meets
 * another activation, or the logits, before any weight counts as one weight of 1. A unit that never fires has utility 0, and so has one
 * that nothing listens to.
 *
 * - `utility`: E|h|·Σ|w|, E|h| the mean of |y| over images and positions, Σ|w| over all weights that leave the unit
 * - `outgoing`: Σ|w|
 * - layer `mean`: mean of `utility` over the units
 * - layer `median`: median of `utility` over the units
 * - layer `useless`: number of units with `utility` 0
 *
 * @see Dohare et al. 2024, Nature 632, 768–774
 */
export const utility = inspectingProbe<UtilityOptions>({
  kind: 'utility',
  summary: 'Contribution utility: mean output of a unit times the weights that leave it',
  options: utilityOptions,
  statistics: ['sumAbs'],
  measure: (sample, { graph, parameters }) =>
    measureUtility(sample, Array.from(outgoingWeights(graph, parameters, sample.site))),
});

function measureUtility(sample: TapSample, outgoing: readonly number[]): Measurement {
  const meanAbs = perElement(statisticOf(sample, 'sumAbs'), sample.elements);
  const values = outgoing.map((weights, unit) => meanAbs[unit] * weights);
  return {
    units: { utility: values, outgoing },
    layer: {
      mean: mean(values),
      median: quantile(values, 0.5),
      useless: count(values.map((value) => Number(value === 0))),
    },
  };
}
