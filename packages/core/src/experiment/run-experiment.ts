import type { Container } from 'inversify';
import {
  isSimulation,
  type Experiment,
  type SimulationExperiment,
  type TrainingExperiment,
} from '../config/experiment.js';
import { ReluctantError } from '../errors.js';
import type { EventBus } from '../events/event-bus.js';
import { plugins as pluginsOf, type Plugins } from '../plugin/plugins.js';
import { RunStore, type RunWriter } from '../store/run-store.js';
import { Environment } from './environment.js';
import { prepareTraining, type PreparedTraining } from './prepare-training.js';
import { recordedExperiment, requireRecordedData } from './recorded-experiment.js';
import { recordRun, type RunOptions, type RunOutcome } from './record-run.js';
import { withoutKind } from './select-engine.js';
import { Trainer } from './trainer.js';

/**
 * Runs an experiment from the beginning: a new run in the container's `RunStore`. Nothing is written before the data is
 * loaded and the network compiled.
 * @throws ReluctantError of the part that failed; a run that had begun keeps its record, with the reason
 */
export async function runExperiment(
  experiment: Experiment,
  container: Container,
  options: RunOptions = {},
): Promise<RunOutcome> {
  const store = container.get(RunStore);
  const plugins = pluginsOf(container);
  const manifest = {
    name: experiment.name,
    config: { ...experiment },
    seed: experiment.seed,
    ...container.get(Environment),
  };
  if (isSimulation(experiment)) {
    return recordRun(await store.create(manifest), options, (bus) =>
      simulate(experiment, plugins, bus, options.signal),
    );
  }
  return withPrepared(experiment, plugins, options, async (prepared) => {
    if (options.repeated) requireRecordedData(prepared.dataset, options.repeated);
    const run = await store.create({ ...manifest, ...prepared.manifest });
    return recordRun(run, options, (bus) => trainerFor(experiment, prepared, bus, run.writer, options.signal).run());
  });
}

/**
 * Goes on with a run from its newest checkpoint, with the same configuration, engine and data. A completed run is left as it is.
 * @throws `RUN_NOT_FOUND`, `RUN_CORRUPT` (no checkpoint), `CONFIG_INVALID` (the data is not what it was)
 */
export async function resumeExperiment(
  id: string,
  container: Container,
  options: RunOptions = {},
): Promise<RunOutcome> {
  const store = container.get(RunStore);
  const plugins = pluginsOf(container);
  const reader = await store.open(id);
  const { manifest, path, status } = reader.summary;
  if (status === 'completed') return { id: manifest.id, path, status };
  const checkpoint = await reader.latestCheckpoint();
  const experiment = recordedExperiment(manifest, plugins);
  if (!checkpoint || isSimulation(experiment)) {
    throw new ReluctantError(
      'RUN_CORRUPT',
      `Run ${manifest.id} has no checkpoint to go on from. Run its experiment again.`,
    );
  }
  return withPrepared(experiment, plugins, options, async (prepared) => {
    requireRecordedData(prepared.dataset, manifest);
    const writer = await store.resume(id, checkpoint);
    return recordRun({ writer, manifest, checkpoint }, options, async (bus) => {
      const trainer = trainerFor(experiment, prepared, bus, writer, options.signal);
      prepared.probes.replay(await (await store.open(id)).tapSamples());
      await trainer.restore(checkpoint);
      return trainer.run();
    });
  });
}

async function withPrepared<T>(
  experiment: TrainingExperiment,
  plugins: Plugins,
  options: RunOptions,
  body: (prepared: PreparedTraining) => Promise<T>,
): Promise<T> {
  const prepared = await prepareTraining(experiment, plugins, options);
  try {
    return await body(prepared);
  } finally {
    prepared.probes.detach();
    try {
      await prepared.session.close();
    } finally {
      prepared.network.model.dispose();
    }
  }
}

function trainerFor(
  experiment: TrainingExperiment,
  { dataset, network, session, taps, probes, interventions }: PreparedTraining,
  bus: EventBus,
  writer: RunWriter,
  signal?: AbortSignal,
): Trainer {
  probes.attach(bus);
  const { sites } = network;
  return new Trainer({ experiment, dataset, sites, session, taps, probes, interventions, bus, writer, signal });
}

async function simulate(
  { simulation, seed }: SimulationExperiment,
  plugins: Plugins,
  bus: EventBus,
  signal?: AbortSignal,
): Promise<RunOutcome['status']> {
  try {
    const publish = (body: Parameters<typeof bus.publish>[0]) => void bus.publish(body);
    await plugins.simulation.get(simulation.kind).simulate(withoutKind(simulation), { seed, signal, publish });
    return 'completed';
  } catch (error) {
    if (signal?.aborted) return 'interrupted';
    throw error;
  }
}
