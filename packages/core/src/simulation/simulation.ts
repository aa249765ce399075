import type { EventBody } from '../events/training-event.js';
import type { Plugin } from '../plugin/plugin.js';
import { serviceIdentifier } from '../plugin/service-identifier.js';

/**
 * What a simulation may publish: how far it is; simulated and computed curves, tables, maps and notes for people; and its result for
 * programs, of which the last counts and the commands print it with `--json`.
 */
export type SimulationBody = Extract<EventBody, { readonly type: 'progress' | `simulation.${string}` }>;

export interface SimulationContext {
  readonly seed: number;
  readonly signal?: AbortSignal;
  /** Publishes `progress` while it computes, and what it found. */
  publish(body: SimulationBody): void;
}

/** A model simulated by itself, without a data set or an engine; its results go through the same bus, store and report. */
export interface Simulation<O = unknown> extends Plugin<O> {
  /** Resolves when all of it is published. Rejects with the signal's reason when aborted. */
  simulate(options: O, context: SimulationContext): Promise<void>;
}
export const Simulation = serviceIdentifier<Simulation>('Simulation');
