import {
  activationProbabilities,
  mean,
  normalCdf,
  sitesSchema,
  type NamedArrays,
  type NetworkGraph,
  type TapSample,
} from '@reluctant/core';
import { z } from 'zod';
import { inspectingProbe } from '../shared/inspecting-probe.js';
import type { Measurement } from '../shared/memoryless-probe.js';
import { statisticOf } from '../shared/own-samples.js';

export const batchNormTheoryOptions = z.strictObject({ sites: sitesSchema });
export type BatchNormTheoryOptions = z.infer<typeof batchNormTheoryOptions>;

/**
 * What batch normalisation alone makes of Pr[y>0]. A ReLU whose input comes straight out of a batch normalisation with scale γ and shift
 * β takes γ·z + β, with z of mean 0 and standard deviation 1 as far as the moving statistics are those of the images and ε is small
 * beside the variance. Were z normal, the unit would be active with probability Φ(β/|γ|), whatever its incoming weights. The Pr[y>0]
 * counted on the probe split in evaluation mode stands beside it; where they part, z is not normal or the moving statistics lag behind.
 * Sites without a batch normalisation directly before them have a reading with `covered` 0 and nothing else. See `pre-activation` for
 * the same comparison with measured moments, at any site.
 *
 * - `theoryPr`: Φ(β/|γ|); with γ = 0, 1 where β > 0 and otherwise 0. Absent parameters are γ = 1 and β = 0
 * - `pr`: Pr[y>0] counted: elements above zero / elements
 * - `deviation`: `theoryPr` − `pr`
 * - layer `covered`: 1 where a batch normalisation stands directly before the ReLU, otherwise 0
 * - layer `theoryPr`: mean of `theoryPr` over the units
 * - layer `pr`: mean of `pr` over the units
 * - layer `meanDeviation`: mean of |`deviation`| over the units
 * - layer `largestDeviation`: largest |`deviation`| of a unit
 *
 * @see Ioffe & Szegedy 2015, arXiv 1502.03167 (batch normalisation)
 */
export const batchNormTheory = inspectingProbe<BatchNormTheoryOptions>({
  kind: 'batch-norm-theory',
  summary: 'The Pr[y>0] that the scale and shift of a batch normalisation predict, beside the one counted',
  options: batchNormTheoryOptions,
  statistics: ['fired'],
  measure(sample, { graph, parameters }) {
    const theory = theoryOf(graph, parameters, sample.site);
    return theory ? compare(theory, sample) : { units: {}, layer: { covered: 0 } };
  },
});

/** Φ(β/|γ|) of each unit of a site, or undefined where no batch normalisation stands before it. */
function theoryOf({ nodes }: NetworkGraph, parameters: NamedArrays, site: string): readonly number[] | undefined {
  const relu = nodes.find(({ name }) => name === site)!;
  const { operation, shape } = nodes.find(({ name }) => name === relu.inputs[0])!;
  if (operation.op !== 'batchNorm') return undefined;
  const { gamma, beta } = operation;
  return Array.from({ length: shape.at(-1)! }, (_, unit) => {
    const scale = Math.abs(gamma === undefined ? 1 : parameters[gamma].data[unit]);
    const shift = beta === undefined ? 0 : parameters[beta].data[unit];
    return scale === 0 ? Number(shift > 0) : normalCdf(shift / scale);
  });
}

function compare(theoryPr: readonly number[], sample: TapSample): Measurement {
  const pr = activationProbabilities(statisticOf(sample, 'fired'), sample.elements);
  const deviation = theoryPr.map((value, unit) => value - pr[unit]);
  const sizes = deviation.map(Math.abs);
  return {
    units: { theoryPr, pr, deviation },
    layer: {
      covered: 1,
      theoryPr: mean(theoryPr),
      pr: mean(pr),
      meanDeviation: mean(sizes),
      largestDeviation: Math.max(...sizes),
    },
  };
}
