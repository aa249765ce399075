import { mergeTaps, type Probe, type ReluSite, type Tap } from '@reluctant/core';
import { activationProbability, activationStats, deadUnits, dormant, unitLifecycle } from '@reluctant/probes';

/** How closely a network is watched. */
export const WATCHING = ['nothing', 'usual', 'everything'] as const;
export type Watching = (typeof WATCHING)[number];

const PROBES: Readonly<Record<Watching, readonly Probe[]>> = {
  nothing: [],
  usual: [activationProbability, deadUnits],
  everything: [activationProbability, deadUnits, dormant, activationStats, unitLifecycle],
};

/** The taps of all probes together, merged as a run merges them. */
export function tapsOf(watching: Watching, sites: readonly ReluSite[]): readonly Tap[] {
  return mergeTaps(PROBES[watching].flatMap((probe) => probe.taps(sites, probe.options.parse(trainingOption(probe)))));
}

/** Where a probe measures on training batches only if told to, it is told to: those counters are part of the step. */
function trainingOption({ options }: Probe): object {
  return 'training' in options.shape ? { training: true } : {};
}
