import type { TrainingExperiment } from '../config/experiment.js';
import type { LoadContext, LoadedDataset } from '../dataset/dataset.js';
import type { Network } from '../graph/network.js';
import { createInitializerFactory } from '../initializer/create-initializer-factory.js';
import type { Plugins } from '../plugin/plugins.js';
import { selectEngine, withoutKind, type SelectedEngine } from './select-engine.js';

export interface PreparationOptions {
  readonly signal?: AbortSignal;
  /** Long work before anything is computed, such as a download. */
  readonly onPreparation?: LoadContext['onProgress'];
}

/** An experiment's network as it is initialised, with its data and the engine for it. */
export interface PreparedNetwork {
  readonly selected: SelectedEngine;
  readonly dataset: LoadedDataset;
  /** Its model is the caller's to dispose of. */
  readonly network: Network;
}

/** Makes them from the experiment by its plugins. */
export async function prepareNetwork(
  experiment: TrainingExperiment,
  plugins: Plugins,
  { signal, onPreparation }: PreparationOptions,
): Promise<PreparedNetwork> {
  const { seed } = experiment;
  const selected = await selectEngine(experiment.engine, plugins.engine);
  const dataset = await plugins.dataset
    .get(experiment.dataset.kind)
    .load(withoutKind(experiment.dataset), { seed, signal, onProgress: onPreparation });
  await selected.engine.prepare(selected.options);
  const network = plugins.architecture
    .get(experiment.architecture.kind)
    .build(withoutKind(experiment.architecture), dataset, createInitializerFactory(experiment.initializer, seed));
  return { selected, dataset, network };
}
