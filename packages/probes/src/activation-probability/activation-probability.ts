import {
  activationProbabilities,
  bootstrapMeanInterval,
  mean,
  quantile,
  wilsonInterval,
  type Interval,
  type TapSample,
  sitesSchema,
} from '@reluctant/core';
import { z } from 'zod';
import { confidenceSchema } from '../shared/confidence-option.js';
import { memorylessProbe, type Measurement } from '../shared/memoryless-probe.js';
import { statisticOf } from '../shared/own-samples.js';
import { seriesOf, trainingSchema } from '../shared/training-option.js';
import { imageResamples } from './image-resamples.js';

export const activationProbabilityOptions = z.strictObject({
  sites: sitesSchema,
  training: trainingSchema(true),
  confidence: confidenceSchema,
  resamples: z
    .int()
    .min(100)
    .max(100_000)
    .default(1000)
    .describe("Bootstrap resamples of the images, for the interval of a layer's mean"),
});
export type ActivationProbabilityOptions = z.infer<typeof activationProbabilityOptions>;

/**
 * Pr[y>0] of every unit, with Wilson's interval over images, and the distribution over the layer's units. Positions of one image are
 * not independent, so no interval counts them: an image's share of firing positions is one observation in [0, 1]. As such a variable
 * with mean p has a variance of at most p(1 − p), the interval is exact in form for a neuron and conservative for a channel. In
 * training the weights move within the window, and the interval is about the average over it.
 *
 * The layer's mean has a bootstrap interval on the probe split, by resampling whole images: all positions and units of an image stay
 * together, since they depend on each other. For each image it takes the share of the layer's elements that are above zero, whose mean over
 * images is the layer's. Efron's BCa limits; Wilson's where all images have the same share. The resamples are the same for every layer and
 * measurement of as many images.
 *
 * - `pr`: Pr[y>0], elements above zero / elements, over images and positions
 * - `prLower`, `prUpper`: Wilson's interval for `pr` at `confidence`, with one observation an image
 * - `fired`: number of elements above zero
 * - `imagesFired`: number of images with at least one element above zero
 * - layer `mean`: mean of `pr` over the units: the layer's activation probability
 * - layer `meanLower`, `meanUpper`: cluster bootstrap interval for `mean` over images, at `confidence`; on the probe split only
 * - layer `median`, `lowerQuartile`, `upperQuartile`, `min`, `max`: of `pr` over the units, interpolated linearly between them
 * - layer `belowHalf`: share of the units with `pr` < ½
 * - layer `elements`: elements per unit: images × positions
 * - layer `confidence`: the option
 *
 * @see Douglas & Yu 2018, arXiv 1812.05981; of a layer: Maas et al. 2013; the intervals: Wilson 1927, Efron 1987
 */
export const activationProbability = memorylessProbe<ActivationProbabilityOptions>({
  kind: 'activation-probability',
  summary: 'Pr[y>0] of every unit, with a confidence interval, and its distribution over the layer',
  options: activationProbabilityOptions,
  at: 'activation',
  statistics: ['fired', 'imagesFired'],
  onProbeSplit: ['firedPerImage'],
  series: seriesOf,
  measure: measureActivationProbability,
});

function measureActivationProbability(
  sample: TapSample,
  { confidence, resamples }: ActivationProbabilityOptions,
): Measurement {
  const fired = statisticOf(sample, 'fired');
  const { firedPerImage } = sample.values;
  const pr = activationProbabilities(fired, sample.elements);
  const intervals = pr.map((probability) => wilsonInterval(probability, sample.images, confidence));
  const layer = firedPerImage && layerInterval(sample, firedPerImage, fired.length, { confidence, resamples });
  return {
    units: {
      pr,
      prLower: intervals.map(({ lower }) => lower),
      prUpper: intervals.map(({ upper }) => upper),
      fired: Array.from(fired),
      imagesFired: Array.from(statisticOf(sample, 'imagesFired')),
    },
    layer: {
      mean: mean(pr),
      ...(layer && { meanLower: layer.lower, meanUpper: layer.upper }),
      median: quantile(pr, 0.5),
      lowerQuartile: quantile(pr, 0.25),
      upperQuartile: quantile(pr, 0.75),
      min: quantile(pr, 0),
      max: quantile(pr, 1),
      belowHalf: pr.filter((probability) => probability < 0.5).length / pr.length,
      elements: sample.elements,
      confidence,
    },
  };
}

function layerInterval(
  { images, elements }: TapSample,
  firedPerImage: Float64Array,
  units: number,
  { confidence, resamples }: Pick<ActivationProbabilityOptions, 'confidence' | 'resamples'>,
): Interval {
  const perImage = (units * elements) / images;
  const shares = firedPerImage.map((count) => count / perImage);
  return bootstrapMeanInterval(shares, imageResamples(images, resamples), confidence);
}
