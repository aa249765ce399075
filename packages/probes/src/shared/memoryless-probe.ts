import type { OptionsSchema, Probe, ReluSite, Statistic, Tap, TapPoint, TapSample, TapSeries } from '@reluctant/core';
import { map } from 'rxjs';
import { observedSites, type SiteSelection } from './observed-sites.js';
import { ownSamples } from './own-samples.js';

/** What is said of one sample: per unit and of the layer, by measure name. */
export interface Measurement {
  readonly units: Readonly<Record<string, readonly number[]>>;
  readonly layer: Readonly<Record<string, number>>;
}

export interface MemorylessProbeDefinition<O> {
  readonly kind: string;
  readonly summary: string;
  readonly options: OptionsSchema<O>;
  /** Where at each watched site it looks, and what it needs to know there. */
  readonly at: TapPoint;
  readonly statistics: readonly Statistic[];
  series(options: O): readonly TapSeries[];
  /** Pure. `sample` holds the statistics asked for, and at least one image. */
  measure(sample: TapSample, options: O): Measurement;
}

/** A probe that makes one reading from each sample, whatever came before. */
export function memorylessProbe<O extends { readonly sites: SiteSelection }>(
  definition: MemorylessProbeDefinition<O>,
): Probe<O> {
  const { kind, summary, options: schema, at, statistics } = definition;
  const taps = (sites: readonly ReluSite[], options: O): readonly Tap[] =>
    observedSites(sites, options.sites).flatMap((site) =>
      definition.series(options).map((on) => ({ site: site.name, at, statistics, on })),
    );
  return {
    kind,
    summary,
    options: schema,
    taps,
    readings: (samples$, { sites }, options) =>
      samples$.pipe(
        ownSamples(taps(sites, options)),
        map((sample) => ({
          type: 'probe.reading',
          probe: kind,
          site: sample.site,
          on: sample.on,
          step: sample.step,
          epoch: sample.epoch,
          images: sample.images,
          ...definition.measure(sample, options),
        })),
      ),
  };
}
