import { dormantScores, perElement, type TapSample, sitesSchema } from '@reluctant/core';
import { z } from 'zod';
import { count } from '../shared/count.js';
import { memorylessProbe, type Measurement } from '../shared/memoryless-probe.js';
import { statisticOf } from '../shared/own-samples.js';
import { seriesOf, trainingSchema } from '../shared/training-option.js';

export const dormantOptions = z.strictObject({
  sites: sitesSchema,
  training: trainingSchema(false),
  tau: z.number().min(0).default(0.025).describe('A unit is dormant where its score is at most this'),
});
export type DormantOptions = z.infer<typeof dormantOptions>;

/**
 * τ-dormant units: those whose mean activation is small beside that of their layer. A dormant unit may well fire; it carries little.
 *
 * - `score`: E|h_i| / (mean_k E|h_k| + 1e-9), E over images and positions, k over the layer's units
 * - `dormant`: 1 where `score` ≤ `tau`
 * - layer `dormant`: number of dormant units
 * - layer `tau`: the option
 *
 * @see Sokar et al. 2023, arXiv 2302.12902
 */
export const dormant = memorylessProbe<DormantOptions>({
  kind: 'dormant',
  summary: "τ-dormant units: mean activation at most τ times the layer's",
  options: dormantOptions,
  at: 'activation',
  statistics: ['sumAbs'],
  series: seriesOf,
  measure: measureDormant,
});

function measureDormant(sample: TapSample, { tau }: DormantOptions): Measurement {
  const score = dormantScores(perElement(statisticOf(sample, 'sumAbs'), sample.elements));
  const dormantUnits = score.map((value) => Number(value <= tau));
  return {
    units: { score, dormant: dormantUnits },
    layer: { dormant: count(dormantUnits), tau },
  };
}
