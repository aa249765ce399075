import { mean, perElement, type TapSample, sitesSchema } from '@reluctant/core';
import { z } from 'zod';
import { count } from '../shared/count.js';
import { memorylessProbe, type Measurement, type Surroundings } from '../shared/memoryless-probe.js';
import { statisticOf } from '../shared/own-samples.js';
import { contingency } from './contingency.js';

export const gradientOptions = z.strictObject({ sites: sitesSchema });
export type GradientOptions = z.infer<typeof gradientOptions>;

/**
 * The loss gradients that arrive at each unit's output y and that it passes on to its pre-activation s = w·x + b: ∂L/∂y, and ∂L/∂s,
 * which is ∂L/∂y where the unit is on and 0 elsewhere (at the cap of a capped ReLU, too). L is the mean loss of a batch. Gradients exist in
 * training only, so the one series is `training-step`: training batches in training mode, with the weights moving. The window is all
 * batches since the previous reading, which in a run are those of an epoch; `images` is its size.
 *
 * Zero is what float32 holds as 0, so a gradient that has become too small for that counts as none; one that is NaN counts as not 0.
 * A unit that is off at every element passes nothing on: "dead by activation" implies "dead by gradient" unless training has diverged.
 * The reverse does not hold: a unit may fire and learn nothing, because nothing arrives where it fires. Both are of this window:
 * weights that still move can end either.
 *
 * - `sum`: Σ ∂L/∂s over the window, which is the sum of the gradients of the unit's bias
 * - `mean`: mean of ∂L/∂s over the elements, those where the unit is off included
 * - `rms`: root of the mean of (∂L/∂s)² over the elements
 * - `passed`: share of the elements with ∂L/∂s ≠ 0
 * - `arrived`: share of the elements with ∂L/∂y ≠ 0
 * - `arrivedMeanAbs`: mean of |∂L/∂y| over the elements
 * - `unreached`: 1 where ∂L/∂y = 0 at every element of the window, else 0
 * - `gradientDead`: 1 where ∂L/∂s = 0 at every element of the window, else 0
 * - `activationDead`: 1 where y > 0 at no element of the window, else 0; in training mode, so not what `dead-units` calls never fired
 * - layer `rms`: root of the mean of (∂L/∂s)² over all elements of the layer
 * - layer `passed`: share of all elements of the layer with ∂L/∂s ≠ 0
 * - layer `arrived`: share of all elements of the layer with ∂L/∂y ≠ 0
 * - layer `arrivedMeanAbs`: mean of |∂L/∂y| over all elements of the layer
 * - layer `unreached`: number of units with `unreached` = 1
 * - layer `gradientDead`: number of units with `gradientDead` = 1
 * - layer `activationDead`: number of units with `activationDead` = 1
 * - layer `bothDead`: number of units dead by gradient and by activation
 * - layer `onlyGradientDead`: number of units dead by gradient that fired
 * - layer `onlyActivationDead`: number of units dead by activation that passed on a gradient: leaky ones, of the intervention `leaky-relu`;
 *   else 0 unless training has diverged
 * - layer `neitherDead`: number of units dead by neither; the four add up to the units of the layer
 * - layer `elements`: elements per unit in the window: images × positions
 */
export const gradient = memorylessProbe<GradientOptions>({
  kind: 'gradient',
  summary: 'Loss gradients that arrive at units and that they pass on while training, and which units get or pass none',
  options: gradientOptions,
  at: 'preactivation-gradient',
  statistics: ['fired', 'sum', 'sumSquares'],
  besides: { gradient: ['fired', 'sumAbs'], activation: ['fired'] },
  series: () => ['training-step'],
  measure: measureGradient,
});

function measureGradient(sample: TapSample, _: GradientOptions, { window }: Surroundings): Measurement {
  const { elements } = sample;
  const sum = statisticOf(sample, 'sum');
  const meanSquares = perElement(statisticOf(sample, 'sumSquares'), elements);
  const passed = perElement(statisticOf(sample, 'fired'), elements);
  const atOutput = window.get('gradient')!;
  const arrived = perElement(statisticOf(atOutput, 'fired'), elements);
  const arrivedMeanAbs = perElement(statisticOf(atOutput, 'sumAbs'), elements);
  const unreached = silent(atOutput);
  const gradientDead = silent(sample);
  const activationDead = silent(window.get('activation')!);
  const { both, onlyFirst, onlySecond, neither } = contingency(gradientDead, activationDead);
  return {
    units: {
      sum: Array.from(sum),
      mean: perElement(sum, elements),
      rms: meanSquares.map(Math.sqrt),
      passed,
      arrived,
      arrivedMeanAbs,
      unreached,
      gradientDead,
      activationDead,
    },
    layer: {
      rms: Math.sqrt(mean(meanSquares)),
      passed: mean(passed),
      arrived: mean(arrived),
      arrivedMeanAbs: mean(arrivedMeanAbs),
      unreached: count(unreached),
      gradientDead: count(gradientDead),
      activationDead: count(activationDead),
      bothDead: both,
      onlyGradientDead: onlyFirst,
      onlyActivationDead: onlySecond,
      neitherDead: neither,
      elements,
    },
  };
}

/** Units of which no element counted. */
function silent(sample: TapSample): number[] {
  return Array.from(statisticOf(sample, 'fired'), (elements) => Number(elements === 0));
}
