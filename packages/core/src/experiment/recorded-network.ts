import type { Container } from 'inversify';
import { isSimulation, type TrainingExperiment } from '../config/experiment.js';
import type { LoadContext, LoadedDataset } from '../dataset/dataset.js';
import type { Session } from '../engine/engine.js';
import type { NamedArrays } from '../engine/named-arrays.js';
import { ReluctantError } from '../errors.js';
import type { Network } from '../graph/network.js';
import { plugins as pluginsOf } from '../plugin/plugins.js';
import type { Checkpoint, RunReader, RunSummary } from '../store/run-store.js';
import { prepareForInterventions } from './prepare-for-interventions.js';
import { prepareNetwork, type PreparationOptions } from './prepare-network.js';
import { recordedExperiment, requireRecordedData } from './recorded-experiment.js';

/** The network of a recorded run with the weights of a checkpoint, ready to be evaluated. */
export interface RecordedNetwork {
  readonly experiment: TrainingExperiment;
  readonly dataset: LoadedDataset;
  readonly network: Network;
  readonly session: Session;
}

export interface RecordedNetworkOptions extends PreparationOptions, Pick<LoadContext, 'offline'> {
  /** What is made of the network, as it was trained, before it is opened; parameters that it adds keep their values. */
  readonly transform?: (network: Network) => Network;
}

/**
 * The newest checkpoint of a run, which has its weights.
 * @throws `RUN_CORRUPT` where there is none
 */
export async function recordedCheckpoint(reader: RunReader): Promise<Checkpoint> {
  const checkpoint = await reader.latestCheckpoint();
  if (checkpoint) return checkpoint;
  throw new ReluctantError(
    'RUN_CORRUPT',
    `Run ${reader.summary.id} has no checkpoint, so its weights are not known. Run its experiment again.`,
  );
}

/**
 * Builds a run's network again from its manifest, on the engine and the data that it had, and gives `body` a session with the weights
 * of a checkpoint of the run. Nothing is written to the run. Everything is released when `body` ends.
 * @throws `CONFIG_INVALID` (no network was trained, or the data is not what it was), `RUN_CORRUPT` (the checkpoint is of another
 *   network), and what the parts throw
 */
export async function withRecordedNetwork<T>(
  { manifest }: Pick<RunSummary, 'manifest'>,
  checkpoint: Checkpoint,
  container: Container,
  { transform = (network) => network, ...options }: RecordedNetworkOptions,
  body: (recorded: RecordedNetwork) => Promise<T>,
): Promise<T> {
  const plugins = pluginsOf(container);
  const experiment = recordedExperiment(manifest, plugins);
  if (isSimulation(experiment)) {
    throw new ReluctantError('CONFIG_INVALID', `Run ${manifest.id} is a simulation: it trained no network.`);
  }
  const { selected, dataset, build } = await prepareNetwork(experiment, plugins, options);
  const built = build(experiment.initializer, experiment.seed);
  try {
    requireRecordedData(dataset, manifest);
    const opened = transform(prepareForInterventions(built, experiment, plugins.intervention));
    const session = await selected.engine.open(opened, evaluationPlan(experiment), selected.options, {
      onProgress: options.onPreparation,
    });
    try {
      await session.writeState(stateOf(opened, checkpoint.state));
      return await body({ experiment, dataset, network: opened, session });
    } finally {
      await session.close();
    }
  } finally {
    built.model.dispose();
  }
}

/** Plain gradient descent, which needs no slots: nothing is trained. */
function evaluationPlan({ training, seed }: TrainingExperiment) {
  const optimizer = { kind: 'sgd', weightDecay: 0, decayOn: 'kernels' } as const;
  const loss = { kind: 'softmax-cross-entropy', labelSmoothing: training.labelSmoothing } as const;
  return { optimizer, loss, taps: [], seed };
}

/** The saved parameters without the optimizer's slots, and those that were added and not saved. Where one was not saved, the session tells. */
function stateOf({ graph, added }: Network, saved: NamedArrays): NamedArrays {
  const known = { ...added, ...saved };
  return Object.fromEntries(graph.parameters.flatMap(({ name }) => (known[name] ? [[name, known[name]]] : [])));
}
