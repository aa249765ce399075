import { mergeTaps, type PluginRegistry, type Probe, type ReluSite, type Tap } from '@reluctant/core';
import { activationProbability, activationStats, deadUnits, dormant, unitLifecycle } from '@reluctant/probes';

/** How closely a network is watched; `probability`: Pr[y > 0] and nothing else. */
export const WATCHING_LEVELS = ['nothing', 'probability', 'usual', 'everything'] as const;
export type Watching = (typeof WATCHING_LEVELS)[number];

const PROBES: Readonly<Record<Exclude<Watching, 'probability'>, readonly Probe[]>> = {
  nothing: [],
  usual: [activationProbability, deadUnits],
  everything: [activationProbability, deadUnits, dormant, activationStats, unitLifecycle],
};

/** The taps of all probes together, merged as a run merges them; for `probability` the one counter it takes. */
export function tapsOf(watching: Watching, sites: readonly ReluSite[]): readonly Tap[] {
  if (watching === 'probability') {
    return sites.map(({ name }) => ({ site: name, at: 'activation', statistics: ['fired'], on: 'training-step' }));
  }
  return tapsOfProbes(PROBES[watching], sites);
}

/** Which taps a name stands for, and the name. */
export interface Watch {
  readonly name: string;
  taps(sites: readonly ReluSite[]): readonly Tap[];
}

/**
 * What `bench step` compares: `nothing`, and what is wished for: the levels, `all-probes` (all that take counters of units), a probe's
 * kind, or `each`, which is every probe by itself.
 * @throws ReluctantError `PLUGIN_UNKNOWN`
 */
export function watches(wishes: readonly string[], registry: PluginRegistry<Probe>): readonly Watch[] {
  const names = wishes.flatMap((wish) => (wish === 'each' ? registry.kinds : [wish]));
  return [...new Set(['nothing', ...names])].map((name) => ({ name, taps: tapsNamed(name, registry) }));
}

function tapsNamed(name: string, registry: PluginRegistry<Probe>): Watch['taps'] {
  const level = WATCHING_LEVELS.find((known) => known === name);
  if (level) return (sites) => tapsOf(level, sites);
  if (name === 'all-probes') {
    return (sites) =>
      tapsOfProbes(
        registry.all.filter((probe) => isPerUnit(probe, sites)),
        sites,
      );
  }
  const probe = registry.get(name);
  return (sites) => tapsOfProbes([probe], sites);
}

/** Counters of every position are as many as the map has elements: who asks for them knows that they cost. */
function isPerUnit(probe: Probe, sites: readonly ReluSite[]): boolean {
  return !tapsOfProbes([probe], sites).some(({ statistics }) => statistics.includes('positionFired'));
}

function tapsOfProbes(probes: readonly Probe[], sites: readonly ReluSite[]): readonly Tap[] {
  return mergeTaps(probes.flatMap((probe) => probe.taps(sites, probe.options.parse(trainingOption(probe)))));
}

/** Where a probe measures on training batches only if told to, it is told to: those counters are part of the step. */
function trainingOption({ options }: Probe): object {
  return 'training' in options.shape ? { training: true } : {};
}
