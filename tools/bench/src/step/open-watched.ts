import {
  createInitializerFactory,
  type Network,
  type ReluSite,
  type SelectedEngine,
  type Session,
  type Tap,
} from '@reluctant/core';
import type { ArchitectureBuilder } from './architecture-builder.js';
import { trainingPlan } from './training-plan.js';

/** The network with the weights that every comparison here starts from, the same for the same seed. */
export function drawNetwork(build: ArchitectureBuilder, seed = 1): Network {
  return build(createInitializerFactory({ kind: 'he-normal', bias: 0 }, seed));
}

/** Opens a network, from the same weights for the same seed, with these taps; the network is the caller's to dispose. */
export async function openWatched(
  build: ArchitectureBuilder,
  { engine, options }: SelectedEngine,
  taps: (sites: readonly ReluSite[]) => readonly Tap[],
  seed?: number,
): Promise<{ network: Network; session: Session }> {
  await engine.prepare(options);
  const network = drawNetwork(build, seed);
  try {
    return { network, session: await engine.open(network, trainingPlan(taps(network.sites)), options) };
  } catch (error) {
    network.model.dispose();
    throw error;
  }
}
