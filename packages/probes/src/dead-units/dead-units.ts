import {
  activationProbabilities,
  clopperPearsonUpper,
  neverFiredUpperBound,
  type TapSample,
  sitesSchema,
} from '@reluctant/core';
import { z } from 'zod';
import { confidenceSchema } from '../shared/confidence-option.js';
import { count } from '../shared/count.js';
import { memorylessProbe, type Measurement } from '../shared/memoryless-probe.js';
import { statisticOf } from '../shared/own-samples.js';

export const deadUnitsOptions = z.strictObject({
  sites: sitesSchema,
  epsilon: z.number().gt(0).max(1).default(0.01).describe('A unit with Pr[y>0] below this is nearly dead'),
  confidence: confidenceSchema,
});
export type DeadUnitsOptions = z.infer<typeof deadUnitsOptions>;

/**
 * Which units never fired on the probe split and which hardly ever do, and what a finite split leaves open. Never measured on training
 * batches: with dropout on and the weights moving, silence there means something else.
 *
 * - `neverFired`: 1 where no element was above zero on the whole probe split, in evaluation mode
 * - `nearlyDead`: 1 where Pr[y>0] = elements above zero / elements < `epsilon`; units that never fired are nearly dead too
 * - `imageFireUpper`: Clopper and Pearson's one-sided upper bound on Pr[unit fires on an image] at `confidence`; silent on N images:
 *   1 − (1 − `confidence`)^(1/N)
 * - layer `neverFired`, `nearlyDead`: numbers of such units
 * - layer `units`: number of units
 * - layer `epsilon`, `confidence`: the options
 * - layer `neverFiredUpper`: the bound for a unit that is silent on all of these images
 *
 * @see Never fired: He et al. 2015, Maas et al. 2013; near-zero outputs: Douglas & Yu 2018; the bound: Clopper & Pearson 1934
 */
export const deadUnits = memorylessProbe<DeadUnitsOptions>({
  kind: 'dead-units',
  summary: 'Units that never fired or hardly ever fire on the probe split, with what that proves',
  options: deadUnitsOptions,
  at: 'activation',
  statistics: ['fired', 'imagesFired'],
  series: () => ['probe-split'],
  measure: measureDeadUnits,
});

function measureDeadUnits(sample: TapSample, { epsilon, confidence }: DeadUnitsOptions): Measurement {
  const { images, elements } = sample;
  const fired = statisticOf(sample, 'fired');
  const imagesFired = statisticOf(sample, 'imagesFired');
  const neverFired = Array.from(fired, (elementsFired) => Number(elementsFired === 0));
  const nearlyDead = activationProbabilities(fired, elements).map((pr) => Number(pr < epsilon));
  return {
    units: {
      neverFired,
      nearlyDead,
      imageFireUpper: Array.from(imagesFired, (successes) => clopperPearsonUpper(successes, images, confidence)),
    },
    layer: {
      neverFired: count(neverFired),
      nearlyDead: count(nearlyDead),
      units: fired.length,
      epsilon,
      confidence,
      neverFiredUpper: neverFiredUpperBound(images, confidence),
    },
  };
}
