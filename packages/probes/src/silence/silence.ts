import {
  listen,
  observedSites,
  sitesSchema,
  stepsSilent,
  UNHEARD,
  type Heard,
  type Probe,
  type ReluSite,
  type Tap,
  type TapSample,
} from '@reluctant/core';
import { z } from 'zod';
import { count } from '../shared/count.js';
import { ownSamples, statisticOf } from '../shared/own-samples.js';
import { perSite, type Seen } from '../shared/per-site.js';

export const silenceOptions = z.strictObject({
  sites: sitesSchema,
  window: z.int().min(1).default(1000).describe('A unit is silent when it has not fired in this many optimizer steps'),
});
export type SilenceOptions = z.infer<typeof silenceOptions>;

const kind = 'silence';

/**
 * How long each unit has not fired on the training batches, and which fired in none of the last `window` steps: the usual test
 * for dead latents of sparse autoencoders. All images that were trained on count, many more than the probe split has, but in training
 * mode and while the weights move: a silent unit is silent for the data as drawn, augmented and dropped out.
 *
 * Windows of training batches tell whether a unit fired in them, not at which step. It counts as having fired at their last step, so
 * `stepsSilent` never says too much, and too little by fewer steps than that window has; a unit marked `silent` has been so for at
 * least `window` steps.
 *
 * - `stepsSilent`: steps since the last step of the last window in which an element was above zero; since step 0 where there was none
 * - `silent`: 1 where `stepsSilent` ≥ `window`
 * - layer `silent`: number of silent units
 * - layer `window`: the option
 * - layer `granularity`: steps that this window covers
 *
 * @see Bricken et al. 2023, Towards Monosemanticity; Gao et al. 2024, arXiv 2406.04093
 */
export const silence: Probe<SilenceOptions> = {
  kind,
  summary: 'Units that have not fired for a number of steps on the training batches, and for how long',
  options: silenceOptions,
  taps: silenceTaps,
  readings: (samples$, { sites }, options) =>
    samples$.pipe(
      ownSamples(silenceTaps(sites, options)),
      perSite(UNHEARD, (before, sample) => hear(before, sample, options)),
    ),
};

function silenceTaps(sites: readonly ReluSite[], options: SilenceOptions): readonly Tap[] {
  return observedSites(sites, options.sites).map((site) => ({
    site: site.name,
    at: 'activation',
    statistics: ['fired'],
    on: 'training-step',
  }));
}

function hear(before: Heard, sample: TapSample, { window }: SilenceOptions): Seen<Heard> {
  const { site, on, step, epoch, images } = sample;
  const heard = listen(before, statisticOf(sample, 'fired'), step);
  const silentFor = stepsSilent(heard);
  const silent = silentFor.map((steps) => Number(steps >= window));
  return {
    state: heard,
    outputs: [
      {
        ...{ type: 'probe.reading', probe: kind, site, on, step, epoch, images },
        units: { stepsSilent: silentFor, silent },
        layer: { silent: count(silent), window, granularity: heard.granularity },
      },
    ],
  };
}
