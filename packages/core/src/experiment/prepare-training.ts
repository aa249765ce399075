import type { TrainingExperiment } from '../config/experiment.js';
import type { LoadContext, LoadedDataset } from '../dataset/dataset.js';
import type { Session } from '../engine/engine.js';
import type { Network } from '../graph/network.js';
import { shiftOf } from '../graph/shift-of.js';
import { createInitializerFactory } from '../initializer/create-initializer-factory.js';
import { mergeTaps } from '../measurement/merge-taps.js';
import type { Plugins } from '../plugin/plugins.js';
import type { Tap } from '../probe/tap.js';
import type { RunManifest } from '../store/run-manifest.js';
import { InterventionRunner } from './intervention-runner.js';
import { ProbeRunner } from './probe-runner.js';
import { selectEngine, withoutKind } from './select-engine.js';

/** Everything that training needs, made from the experiment by its plugins. */
export interface PreparedTraining {
  readonly dataset: LoadedDataset;
  readonly network: Network;
  readonly session: Session;
  /** What the session computes, for all probes and interventions together. */
  readonly taps: readonly Tap[];
  readonly probes: ProbeRunner;
  readonly interventions: InterventionRunner;
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
    const probes = new ProbeRunner(experiment.probes, plugins.probe, network.sites, measurement.onProbeFailure);
    const interventions = new InterventionRunner(experiment, plugins.intervention, network);
    const loss = { kind: 'softmax-cross-entropy', labelSmoothing: training.labelSmoothing } as const;
    const taps = mergeTaps([...probes.taps, ...interventions.taps]);
    const plan = { optimizer: training.optimizer, loss, taps, seed };
    const session = await selected.engine.open(network, plan, selected.options, { onProgress: onPreparation });
    const { kind } = selected.engine;
    const { version, device } = selected.status;
    const manifest = {
      engine: { kind, version, device: session.device ?? device },
      dataset: describeDataset(experiment.dataset.kind, dataset),
      network: describeNetwork(network),
    };
    return { dataset, network, session, taps, probes, interventions, manifest };
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
      const shift = shiftOf(graph, site.name)?.kind;
      return { ...site, ...(shift && { shift }) };
    }),
  };
}
