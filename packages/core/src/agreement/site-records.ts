import type { Reading } from '../probe/probe.js';
import type { TapSample } from '../probe/tap.js';
import type { SiteRecord } from './flag-units.js';

/**
 * What a run's samples and readings hold of the measurement at `step`, by site and in the order of `sites`. A site whose activations were
 * not counted on the probe split then is absent; of two samples of one step the later counts.
 */
export function siteRecords(
  sites: readonly string[],
  samples: readonly TapSample[],
  readings: readonly Reading[],
  step: number,
): ReadonlyMap<string, SiteRecord> {
  const activations = bySite(samples.filter((sample) => sample.at === 'activation' && sample.step <= step));
  const readingsOf = bySite(readings);
  const records = sites.flatMap((site) => {
    const ofSite = activations.get(site) ?? [];
    const activation = ofSite.findLast((sample) => {
      return sample.on === 'probe-split' && sample.step === step && sample.images > 0;
    });
    if (!activation) return [];
    const training = ofSite.filter(({ on }) => on === 'training-step');
    return [[site, { activation, training, readings: readingsOf.get(site) ?? [] }] as const];
  });
  return new Map(records);
}

function bySite<T extends { readonly site: string }>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const sites = new Map<string, T[]>();
  for (const one of all) {
    const ofSite = sites.get(one.site);
    if (ofSite) ofSite.push(one);
    else sites.set(one.site, [one]);
  }
  return sites;
}
