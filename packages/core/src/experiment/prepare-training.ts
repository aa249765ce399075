import type { TrainingExperiment } from '../config/experiment.js';
import type { LoadedDataset } from '../dataset/dataset.js';
import type { Session } from '../engine/engine.js';
import type { Network } from '../graph/network.js';
import { shiftOf } from '../graph/shift-of.js';
import { mergeTaps } from '../measurement/merge-taps.js';
import type { Plugins } from '../plugin/plugins.js';
import type { Tap } from '../probe/tap.js';
import type { RunManifest } from '../store/run-manifest.js';
import { InterventionRunner } from './intervention-runner.js';
import { prepareForInterventions } from './prepare-for-interventions.js';
import { prepareNetwork, type PreparationOptions } from './prepare-network.js';
import { ProbeRunner } from './probe-runner.js';

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
  options: PreparationOptions,
): Promise<PreparedTraining> {
  const { seed, training, measurement } = experiment;
  const { selected, dataset, build } = await prepareNetwork(experiment, plugins, options);
  const built = build(experiment.initializer, seed);
  try {
    const network = prepareForInterventions(built, experiment, plugins.intervention);
    const { graph, sites } = network;
    const subject = { graph, sites, inputRange: dataset.inputRange };
    const probes = new ProbeRunner(experiment.probes, plugins.probe, subject, measurement.onProbeFailure);
    const interventions = new InterventionRunner(experiment, plugins.intervention, network);
    const loss = { kind: 'softmax-cross-entropy', labelSmoothing: training.labelSmoothing } as const;
    const taps = mergeTaps([...probes.taps, ...interventions.taps]);
    const plan = { optimizer: training.optimizer, loss, taps, seed };
    const session = await selected.engine.open(network, plan, selected.options, { onProgress: options.onPreparation });
    const { kind } = selected.engine;
    const { version, device } = selected.status;
    const manifest = {
      engine: { kind, version, device: session.device ?? device },
      dataset: describeDataset(experiment.dataset.kind, dataset),
      network: describeNetwork(network),
    };
    return { dataset, network, session, taps, probes, interventions, manifest };
  } catch (error) {
    built.model.dispose();
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
