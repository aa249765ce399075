import {
  observedSites,
  type InspectedNetwork,
  type OptionsSchema,
  type Probe,
  type SiteSelection,
  type Statistic,
  type TapSample,
} from '@reluctant/core';
import { EMPTY } from 'rxjs';
import type { Measurement } from './memoryless-probe.js';

export interface InspectingProbeDefinition<O> {
  readonly kind: string;
  readonly summary: string;
  readonly options: OptionsSchema<O>;
  /** What it needs to know of the activations on the probe split. */
  readonly statistics: readonly Statistic[];
  /** Pure. `sample` holds the statistics asked for, of one site; the network is as it was measured. */
  measure(sample: TapSample, network: InspectedNetwork): Measurement;
}

/** A probe that sets what was counted at each site beside the network's weights of that moment. */
export function inspectingProbe<O extends { readonly sites: SiteSelection }>({
  kind,
  summary,
  options,
  statistics,
  measure,
}: InspectingProbeDefinition<O>): Probe<O> {
  return {
    kind,
    summary,
    options,
    taps: (sites, { sites: selection }) =>
      observedSites(sites, selection).map(({ name }) => ({
        site: name,
        at: 'activation',
        statistics,
        on: 'probe-split',
      })),
    readings: () => EMPTY,
    inspect: (network) =>
      network.samples.map((sample) => {
        const { site, on, step, epoch, images } = sample;
        const measured = measure(sample, network);
        return { type: 'probe.reading', probe: kind, site, on, step, epoch, images, ...measured };
      }),
  };
}
