import { ACTIVATION_LEVELS, mean, type TapSample, sitesSchema } from '@reluctant/core';
import { z } from 'zod';
import { memorylessProbe, type Measurement } from '../shared/memoryless-probe.js';
import { statisticOf } from '../shared/own-samples.js';

export const activationHistogramOptions = z.strictObject({ sites: sitesSchema });
export type ActivationHistogramOptions = z.infer<typeof activationHistogramOptions>;

/**
 * How the activations of a layer are distributed: of all its elements, over units, positions and images, the share above each of a row of
 * levels, which are powers of two. What lies between two levels is the difference of their shares; what is above none is 0 for a ReLU. The
 * counts of each unit (statistic `exceedances`) stay in the recorded samples. It takes a pass over the activations for each level, on the
 * probe split only.
 *
 * - layer `above0`: share of the elements above 0
 * - layer `above2^-8`, `above2^-7`, `above2^-6`, `above2^-5`, `above2^-4`, `above2^-3`, `above2^-2`, `above2^-1`, `above2^0`, `above2^1`,
 *   `above2^2`, `above2^3`, `above2^4`, `above2^5`, `above2^6`, `above2^7`: share of the elements above 1/256, 1/128, …, 128
 */
export const activationHistogram = memorylessProbe<ActivationHistogramOptions>({
  kind: 'activation-histogram',
  summary: 'How the activations of a layer are distributed over powers of two',
  options: activationHistogramOptions,
  at: 'activation',
  statistics: ['fired', 'exceedances'],
  series: () => ['probe-split'],
  measure: measureHistogram,
});

function measureHistogram(sample: TapSample): Measurement {
  const { elements } = sample;
  const fired = statisticOf(sample, 'fired');
  const exceedances = statisticOf(sample, 'exceedances');
  // Every unit has as many elements, so the mean over units stands for the layer.
  const shareOf = (counts: Float64Array) => mean(counts) / elements;
  const above = ACTIVATION_LEVELS.map((level, index) => {
    const counts = exceedances.subarray(index * fired.length, (index + 1) * fired.length);
    return [`above2^${Math.log2(level)}`, shareOf(counts)] as const;
  });
  return { units: {}, layer: { above0: shareOf(fired), ...Object.fromEntries(above) } };
}
