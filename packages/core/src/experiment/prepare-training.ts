import type { TrainingExperiment } from '../config/experiment.js';
import type { LoadContext, LoadedDataset } from '../dataset/dataset.js';
import type { Session } from '../engine/engine.js';
import type { Network } from '../graph/network.js';
import { shiftOf } from '../graph/shift-of.js';
import { createInitializerFactory } from '../initializer/create-initializer-factory.js';
import type { Plugins } from '../plugin/plugins.js';
import type { RunManifest } from '../store/run-manifest.js';
import { ProbeRunner } from './probe-runner.js';
import { selectEngine, withoutKind } from './select-engine.js';

/** Everything that training needs, made from the experiment by its plugins. */
export interface PreparedTraining {
  readonly dataset: LoadedDataset;
  readonly network: Network;
  readonly session: Session;
  readonly probes: ProbeRunner;
  /** What the manifest tells of them. */
  readonly manifest: Required<Pick<RunManifest, 'engine' | 'dataset' | 'network'>>;
}

export async function prepareTraining(
  experiment: TrainingExperiment,
  plugins: Plugins,
  { signal, onPreparation }: { readonly signal?: AbortSignal; readonly onPreparation?: LoadContext['onProgress'] },
): Promise<PreparedTraining> {
  const { seed, training, measurement } = experiment;
  const selected = await selectEngine(experiment.engine, plugins.engine);
  const dataset = await plugins.dataset
    .get(experiment.dataset.kind)
    .load(withoutKind(experiment.dataset), { seed, signal, onProgress: onPreparation });
  await selected.engine.prepare(selected.options);
  const network = plugins.architecture
    .get(experiment.architecture.kind)
    .build(withoutKind(experiment.architecture), dataset, createInitializerFactory(experiment.initializer, seed));
  try {
    const { graph, sites } = network;
    const subject = { graph, sites, inputRange: dataset.inputRange };
    const probes = new ProbeRunner(experiment.probes, plugins.probe, subject, measurement.onProbeFailure);
    const loss = { kind: 'softmax-cross-entropy', labelSmoothing: training.labelSmoothing } as const;
    const plan = { optimizer: training.optimizer, loss, taps: probes.taps, seed };
    const session = await selected.engine.open(network, plan, selected.options, { onProgress: onPreparation });
    const { kind } = selected.engine;
    const { version, device } = selected.status;
    const manifest = {
      engine: { kind, version, device: session.device ?? device },
      dataset: describeDataset(experiment.dataset.kind, dataset),
      network: describeNetwork(network),
    };
    return { dataset, network, session, probes, manifest };
  } catch (error) {
    network.model.dispose();
    throw error;
  }
}

function describeDataset(kind: string, dataset: LoadedDataset): RunManifest['dataset'] & object {
  const { source, digest, train, test, probe, classes } = dataset;
  return { kind, source, digest, trainSize: train.size, testSize: test.size, probeSize: probe.size, classes };
}

function describeNetwork({ graph, sites }: Network): RunManifest['network'] & object {
  const trainable = graph.parameters.filter((parameter) => parameter.trainable);
  const size = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);
  return {
    parameters: trainable.reduce((sum, { shape }) => sum + size(shape), 0),
    sites: sites.map((site) => {
      const shift = shiftOf(graph, site.name);
      return { ...site, ...(shift && { shift }) };
    }),
  };
}
