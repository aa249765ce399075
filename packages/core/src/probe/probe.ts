import type { Observable } from 'rxjs';
import type { ReluSite } from '../graph/network.js';
import type { Plugin } from '../plugin/plugin.js';
import { serviceIdentifier } from '../plugin/service-identifier.js';
import type { InspectedNetwork } from './inspected-network.js';
import type { Tap, TapSample, TapSeries } from './tap.js';

/** What a probe says of the units of one site at one time. JSON-safe but for non-finite numbers, which the log encodes. */
export interface Reading {
  readonly probe: string;
  readonly site: string;
  readonly on: TapSeries;
  readonly step: number;
  readonly epoch: number;
  /** Number of images behind the reading; 0 for what is said of the weights alone. */
  readonly images: number;
  /** Per unit: measure name → one number per unit. Flags are 0 or 1. */
  readonly units: Readonly<Record<string, readonly number[]>>;
  /** Of the whole layer: measure name → number. */
  readonly layer: Readonly<Record<string, number>>;
}

/** A change in the life of one unit, as seen on the probe split. */
export interface UnitTransition {
  readonly transition: 'born-dead' | 'died' | 'revived';
  readonly probe: string;
  readonly site: string;
  readonly unit: number;
  readonly step: number;
  readonly epoch: number;
}

export type ProbeOutput =
  ({ readonly type: 'probe.reading' } & Reading) | ({ readonly type: 'unit.transition' } & UnitTransition);

export interface ProbeContext {
  readonly sites: readonly ReluSite[];
}

/**
 * Turns tap samples into readings. `readings` must be a pure function of the sample stream (state lives in operators, inside
 * the call), because a resumed run replays the recorded samples through it. Samples arrive ordered by step; within one step
 * in the order of the sites. It only observes: it can't change training.
 *
 * `inspect` is for what counters can't tell. It is called at every measurement on the probe split, after the samples have been
 * published, and must depend on its arguments alone: a resumed run does not call it for measurements that are recorded.
 */
export interface Probe<O = unknown> extends Plugin<O> {
  taps(sites: readonly ReluSite[], options: O): readonly Tap[];
  readings(samples$: Observable<TapSample>, context: ProbeContext, options: O): Observable<ProbeOutput>;
  inspect?(network: InspectedNetwork, options: O): readonly ProbeOutput[] | Promise<readonly ProbeOutput[]>;
}
export const Probe = serviceIdentifier<Probe>('Probe');
