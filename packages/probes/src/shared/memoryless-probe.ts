import {
  ReluctantError,
  type OptionsSchema,
  type Probe,
  type ReluSite,
  type Statistic,
  type Tap,
  type TapPoint,
  type TapSample,
  type TapSeries,
  observedSites,
  type SiteSelection,
} from '@reluctant/core';
import { map } from 'rxjs';
import { wholeWindows, type WindowSamples } from './whole-windows.js';

/** What is said of one sample: per unit and of the layer, by measure name. */
export interface Measurement {
  readonly units: Readonly<Record<string, readonly number[]>>;
  readonly layer: Readonly<Record<string, number>>;
}

/** What goes with a sample. */
export interface Surroundings {
  readonly site: ReluSite;
  /** All samples of the same window: of the probe's main point, and of those in `besides`. */
  readonly window: WindowSamples;
}

export interface MemorylessProbeDefinition<O> {
  readonly kind: string;
  readonly summary: string;
  readonly options: OptionsSchema<O>;
  /** Where at each watched site it looks, and what it needs to know there. */
  readonly at: TapPoint;
  readonly statistics: readonly Statistic[];
  /** What it asks for there besides on the probe split, where numbers of images exist. Records of old may lack it. */
  readonly onProbeSplit?: readonly Statistic[];
  /** Other points of the same site at which it looks as well, and what it needs to know there. */
  readonly besides?: Readonly<Partial<Record<TapPoint, readonly Statistic[]>>>;
  /** Sites of which something can be said; all unless told. `what` completes "has nothing to watch: it takes …". */
  readonly watches?: { readonly what: string; fits(site: ReluSite): boolean };
  series(options: O): readonly TapSeries[];
  /** Pure. `sample` holds the statistics asked for, and at least one image. */
  measure(sample: TapSample, options: O, surroundings: Surroundings): Measurement;
}

/** A probe that makes one reading from each window of a site, whatever came before. */
export function memorylessProbe<O extends { readonly sites: SiteSelection }>(
  definition: MemorylessProbeDefinition<O>,
): Probe<O> {
  const { kind, summary, options: schema, at } = definition;
  const tapsOf = (asked: MemorylessProbeDefinition<O>, sites: readonly ReluSite[], options: O): readonly Tap[] =>
    watchedSites(asked, sites, options.sites).flatMap(({ name: site }) =>
      asked.series(options).flatMap((on) => tapsAt(asked, site, on)),
    );
  const required = { ...definition, onProbeSplit: [] };
  return {
    kind,
    summary,
    options: schema,
    taps: (sites, options) => tapsOf(definition, sites, options),
    readings: (samples$, { sites }, options) =>
      wholeWindows(samples$, tapsOf(required, sites, options)).pipe(
        map((window) => {
          const sample = window.get(at)!;
          const site = sites.find(({ name }) => name === sample.site)!;
          return {
            type: 'probe.reading',
            probe: kind,
            site: sample.site,
            on: sample.on,
            step: sample.step,
            epoch: sample.epoch,
            images: sample.images,
            ...definition.measure(sample, options, { site, window }),
          };
        }),
      ),
  };
}

function tapsAt<O>(
  { at, statistics, onProbeSplit = [], besides = {} }: MemorylessProbeDefinition<O>,
  site: string,
  on: TapSeries,
): readonly Tap[] {
  const others = Object.entries(besides) as [TapPoint, readonly Statistic[]][];
  const main = on === 'probe-split' ? [...statistics, ...onProbeSplit] : statistics;
  return [[at, main] as const, ...others].map(([point, wanted]) => ({ site, at: point, statistics: wanted, on }));
}

/** @throws ReluctantError `CONFIG_INVALID` where none of the selected sites fits, or a name is unknown */
function watchedSites<O>(
  { kind, watches }: MemorylessProbeDefinition<O>,
  sites: readonly ReluSite[],
  selection: SiteSelection,
): readonly ReluSite[] {
  const selected = observedSites(sites, selection);
  if (!watches) return selected;
  const watched = selected.filter(watches.fits);
  if (watched.length > 0 || selected.length === 0) return watched;
  throw new ReluctantError(
    'CONFIG_INVALID',
    `The probe "${kind}" has nothing to watch: it takes ${watches.what}. Leave it out, or choose other sites.`,
  );
}
