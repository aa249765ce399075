import { elementSparsity, mean, perElement, standardDeviation, type TapSample, sitesSchema } from '@reluctant/core';
import { z } from 'zod';
import { memorylessProbe, type Measurement } from '../shared/memoryless-probe.js';
import { statisticOf } from '../shared/own-samples.js';
import { seriesOf, trainingSchema } from '../shared/training-option.js';

export const activationStatsOptions = z.strictObject({
  sites: sitesSchema,
  training: trainingSchema(false),
});
export type ActivationStatsOptions = z.infer<typeof activationStatsOptions>;

/**
 * Moments and maximum of each unit's activations, and of all elements of the layer.
 *
 * - `mean`: of the unit's elements, over images and positions
 * - `std`: their standard deviation, dividing by their number
 * - `meanAbs`: mean of |y|
 * - `max`: the largest
 * - layer `mean`, `std`: of all elements of the layer
 * - layer `elementSparsity`: share of zeros among all elements of the layer, which is no measure of dead units
 */
export const activationStats = memorylessProbe<ActivationStatsOptions>({
  kind: 'activation-stats',
  summary: 'Mean, spread and maximum of the activations, and the element sparsity of the layer',
  options: activationStatsOptions,
  at: 'activation',
  statistics: ['fired', 'sum', 'sumAbs', 'sumSquares', 'max'],
  series: seriesOf,
  measure: measureActivationStats,
});

function measureActivationStats(sample: TapSample): Measurement {
  const { elements } = sample;
  const sum = statisticOf(sample, 'sum');
  const sumSquares = statisticOf(sample, 'sumSquares');
  return {
    units: {
      mean: perElement(sum, elements),
      std: Array.from(sum, (total, unit) => standardDeviation(total, sumSquares[unit], elements)),
      meanAbs: perElement(statisticOf(sample, 'sumAbs'), elements),
      max: Array.from(statisticOf(sample, 'max')),
    },
    layer: {
      mean: mean(sum) / elements,
      // Every unit has as many elements, so the means over units stand for the sums over the layer.
      std: standardDeviation(mean(sum), mean(sumSquares), elements),
      elementSparsity: elementSparsity(statisticOf(sample, 'fired'), elements),
    },
  };
}
