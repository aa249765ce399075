import type { TapSample } from '../probe/tap.js';

/** Where in a run something was seen. */
export interface Place {
  /** Optimizer steps taken. */
  readonly step: number;
  /** Epochs completed, fractional inside an epoch. */
  readonly epoch: number;
}

/** One look at the units of a site: which of them were silent on the whole probe split. */
export interface Look extends Place {
  /** Images looked at. */
  readonly images: number;
  /** Per unit: no element of the probe split above zero. */
  readonly dead: readonly boolean[];
}

/**
 * The looks at a site that a record holds, in its order: the samples of the site's activations on the probe split that counted
 * `fired`. Where probes asked for less than that, there is none.
 */
export function looksOf(samples: readonly TapSample[], site: string): readonly Look[] {
  return samples.flatMap(({ values: { fired }, ...sample }) => {
    const { step, epoch, images } = sample;
    const isLook = sample.site === site && sample.at === 'activation' && sample.on === 'probe-split' && images > 0;
    return isLook && fired ? [{ step, epoch, images, dead: Array.from(fired, (elements) => elements === 0) }] : [];
  });
}
