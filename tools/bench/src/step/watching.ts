import { mergeTaps, type Probe, type ReluSite, type Tap } from '@reluctant/core';
import { activationProbability, activationStats, deadUnits, dormant, unitLifecycle } from '@reluctant/probes';

/** How closely a network is watched; `probability`: Pr[y > 0] and nothing else. */
export const WATCHING_LEVELS = ['nothing', 'probability', 'usual', 'everything'] as const;
export type Watching = (typeof WATCHING_LEVELS)[number];
/** Those that `bench step` compares. */
export const WATCHING = ['nothing', 'usual', 'everything'] as const satisfies readonly Watching[];

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
  return mergeTaps(PROBES[watching].flatMap((probe) => probe.taps(sites, probe.options.parse(trainingOption(probe)))));
}

/** Where a probe measures on training batches only if told to, it is told to: those counters are part of the step. */
function trainingOption({ options }: Probe): object {
  return 'training' in options.shape ? { training: true } : {};
}
