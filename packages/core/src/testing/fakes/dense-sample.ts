import type { ReluSite } from '../../graph/network.js';
import type { StatisticValues } from '../../probe/statistic.js';
import type { TapSample } from '../../probe/tap.js';

/** A site of `units` neurons. */
export function denseSite(units: number): ReluSite {
  return { name: 'relu', layer: 'relu', depth: 1, kind: 'dense', units, positions: 1, skip: false };
}

/** A sample of a dense site: of its activations on the probe split, at step 0 unless told. */
export function denseSample(
  images: number,
  values: StatisticValues,
  place: Partial<Pick<TapSample, 'at' | 'on' | 'step' | 'epoch'>> = {},
): TapSample {
  return {
    site: 'relu',
    at: 'activation',
    on: 'probe-split',
    step: 0,
    epoch: 0,
    images,
    elements: images,
    values,
    ...place,
  };
}
