import {
  lookAgain,
  observedSites,
  sitesSchema,
  UNSEEN,
  type Probe,
  type ProbeOutput,
  type ReluSite,
  type SiteLife,
  type Tap,
  type TapSample,
} from '@reluctant/core';
import { z } from 'zod';
import { count } from '../shared/count.js';
import { ownSamples, statisticOf } from '../shared/own-samples.js';
import { perSite, type Seen } from '../shared/per-site.js';

export const unitLifecycleOptions = z.strictObject({ sites: sitesSchema });
export type UnitLifecycleOptions = z.infer<typeof unitLifecycleOptions>;

const kind = 'unit-lifecycle';

/**
 * Which units were born dead, died and revived, and when, as far as the probe split shows: a unit is dead at a look at which no element
 * was above zero. Each look tells the site's transitions, then the totals so far. A unit that is silent when first seen after step 0
 * counts as having died: its birth was not seen.
 *
 * - event `born-dead`: dead at step 0
 * - event `died`: dead, and not at the look before
 * - event `revived`: not dead, and dead at the look before
 * - `dead`: 1 where the unit is dead at this look
 * - `everDied`: 1 where the unit has died at least once; being born dead is not dying
 * - layer `dead`, `alive`: numbers of units now; dead = bornDead + died − revived
 * - layer `bornDead`, `died`, `revived`: numbers of transitions so far; a unit that dies twice counts twice
 */
export const unitLifecycle: Probe<UnitLifecycleOptions> = {
  kind,
  summary: 'Births, deaths and revivals of units, as events and as running totals',
  options: unitLifecycleOptions,
  taps: lifecycleTaps,
  readings: (samples$, { sites }, options) =>
    samples$.pipe(ownSamples(lifecycleTaps(sites, options)), perSite(UNSEEN, see)),
};

function lifecycleTaps(sites: readonly ReluSite[], options: UnitLifecycleOptions): readonly Tap[] {
  return observedSites(sites, options.sites).map((site) => ({
    site: site.name,
    at: 'activation',
    statistics: ['fired'],
    on: 'probe-split',
  }));
}

function see(before: SiteLife, sample: TapSample): Seen<SiteLife> {
  const life = lookAgain(before, statisticOf(sample, 'fired'), sample.step);
  const dead = life.dead.map(Number);
  const { site, on, step, epoch, images } = sample;
  const { bornDead, died, revived } = life;
  const transitions = life.changes.map(
    (change) => ({ type: 'unit.transition', probe: kind, site, step, epoch, ...change }) as const,
  );
  const reading: ProbeOutput = {
    type: 'probe.reading',
    probe: kind,
    site,
    on,
    step,
    epoch,
    images,
    units: { dead, everDied: life.everDied.map(Number) },
    layer: { dead: count(dead), bornDead, died, revived, alive: dead.length - count(dead) },
  };
  return { state: life, outputs: [...transitions, reading] };
}
