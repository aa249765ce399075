import { mean, perElement, type TapSample } from '@reluctant/core';
import { z } from 'zod';
import { memorylessProbe, type Measurement } from '../shared/memoryless-probe.js';
import { sitesSchema } from '../shared/observed-sites.js';
import { statisticOf } from '../shared/own-samples.js';

export const gradientOptions = z.strictObject({ sites: sitesSchema });
export type GradientOptions = z.infer<typeof gradientOptions>;

/**
 * The loss gradient ∂L/∂s with respect to each unit's pre-activation s = w·x + b, which is ∂L/∂y where the unit is on and 0 elsewhere.
 * L is the mean over a batch. So the sum over the elements of a batch is the gradient of the unit's bias, and that over a window the
 * sum of those of its steps.
 */
export const gradient = memorylessProbe<GradientOptions>({
  kind: 'gradient',
  summary: 'Loss gradient with respect to the pre-activations while training: its sum, mean and size',
  options: gradientOptions,
  at: 'preactivation-gradient',
  statistics: ['fired', 'sum', 'sumSquares'],
  series: () => ['training-step'],
  measure: measureGradient,
});

function measureGradient(sample: TapSample): Measurement {
  const { elements } = sample;
  const sum = statisticOf(sample, 'sum');
  const meanSquares = perElement(statisticOf(sample, 'sumSquares'), elements);
  const passed = perElement(statisticOf(sample, 'fired'), elements);
  return {
    units: {
      sum: Array.from(sum),
      mean: perElement(sum, elements),
      rms: meanSquares.map(Math.sqrt),
      passed,
    },
    layer: { rms: Math.sqrt(mean(meanSquares)), passed: mean(passed) },
  };
}
