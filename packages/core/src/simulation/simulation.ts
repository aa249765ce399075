import type { EventBody } from '../events/training-event.js';
import type { Plugin } from '../plugin/plugin.js';
import { serviceIdentifier } from '../plugin/service-identifier.js';

/** One curve with its confidence band, over many seeded trials. All arrays have one length. */
export interface SimulationSeries {
  /** e.g. `Pr[y>0]`, `error`, `w[0]`. Unique within a run together with `group`. */
  readonly name: string;
  /** Curves that belong together, e.g. an initialisation: one chart colour. Empty for a single group. */
  readonly group: string;
  readonly axis: { readonly label: string; readonly values: readonly number[] };
  readonly mean: readonly number[];
  /** Two-sided confidence band of the mean, or the quantile band that `band` tells. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** What the band is, for people: `99 % confidence of the mean`. */
  readonly band: string;
  readonly trials: number;
}

export interface SimulationContext {
  readonly seed: number;
  readonly signal?: AbortSignal;
  /** Publishes `progress` while it computes and `simulation.sampled` for every curve. */
  publish(body: Extract<EventBody, { readonly type: 'progress' | 'simulation.sampled' }>): void;
}

/** A model simulated by itself, without a data set or an engine; its results go through the same bus, store and report. */
export interface Simulation<O = unknown> extends Plugin<O> {
  /** Resolves when all curves are published. Rejects with the signal's reason when aborted. */
  simulate(options: O, context: SimulationContext): Promise<void>;
}
export const Simulation = serviceIdentifier<Simulation>('Simulation');
