import type { TrainingExperiment } from '../config/experiment.js';
import type { LoadContext, LoadedDataset } from '../dataset/dataset.js';
import type { Network } from '../graph/network.js';
import { createInitializerFactory } from '../initializer/create-initializer-factory.js';
import type { InitializerSpec } from '../initializer/initializer-spec.js';
import type { Plugins } from '../plugin/plugins.js';
import { selectEngine, withoutKind, type SelectedEngine } from './select-engine.js';

export interface PreparationOptions {
  readonly signal?: AbortSignal;
  /** Long work before anything is computed, such as a download. */
  readonly onPreparation?: LoadContext['onProgress'];
}

/** What an experiment's networks are built for and computed by. */
export interface PreparedNetwork {
  readonly selected: SelectedEngine;
  readonly dataset: LoadedDataset;
  /** A network of the experiment's architecture. Its model is the caller's to dispose of. */
  build(initializer: InitializerSpec, seed: number): Network;
}

/** Selects the engine, loads the data, and makes the engine's tfjs backend ready. */
export async function prepareNetwork(
  experiment: TrainingExperiment,
  plugins: Plugins,
  { signal, onPreparation, offline }: PreparationOptions & Pick<LoadContext, 'offline'>,
): Promise<PreparedNetwork> {
  const selected = await selectEngine(experiment.engine, plugins.engine);
  const dataset = await plugins.dataset
    .get(experiment.dataset.kind)
    .load(withoutKind(experiment.dataset), { seed: experiment.seed, signal, offline, onProgress: onPreparation });
  await selected.engine.prepare(selected.options);
  const architecture = plugins.architecture.get(experiment.architecture.kind);
  const options = withoutKind(experiment.architecture);
  return {
    selected,
    dataset,
    build: (initializer, seed) => architecture.build(options, dataset, createInitializerFactory(initializer, seed)),
  };
}
