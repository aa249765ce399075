import type { EventBody } from '../events/training-event.js';
import type { Plugin } from '../plugin/plugin.js';
import { serviceIdentifier } from '../plugin/service-identifier.js';

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
