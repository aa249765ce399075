import {
  isSimulation,
  neverFiredUpperBound,
  openInitialNetwork,
  plugins,
  ReluctantError,
  type InitialNetwork,
  type InitializerSpec,
  type TrainingExperiment,
} from '@reluctant/core';
import { bornDeadEstimate, BornDeadTally } from '@reluctant/probes';
import { loadExperiment } from '../../load-experiment.js';
import type { Watch } from '../../run-with-progress.js';
import type { CommandContext } from '../command-context.js';
import type { ExperimentAnswer, ExperimentResult } from './experiment-answer.js';
import type { BornDeadFlags } from './flags.js';
import { formatExperiment } from './format-experiment.js';
import { initializerName, parseInitializer } from './parse-initializer.js';
import { whileInterruptible } from './while-interruptible.js';

const DEFAULT_DRAWS = 20;

/**
 * Draws the weights of an experiment's network again and again and tells which of its units are dead on the probe split.
 * @returns whether all draws were made
 */
export async function askExperiment(
  { container, output }: CommandContext,
  file: string,
  flags: BornDeadFlags,
): Promise<boolean> {
  const { draws = DEFAULT_DRAWS, confidence, images, seed } = flags;
  const asked = flags.initializer.map(parseInitializer);
  const loaded = await loadExperiment(file, flags.set, container);
  if (isSimulation(loaded)) {
    throw new ReluctantError(
      'USAGE',
      `${file} is a simulation; only the networks of experiments that train have weights.`,
    );
  }
  const experiment: TrainingExperiment = { ...loaded, seed: seed ?? loaded.seed };
  const initializers = asked.length > 0 ? asked : [experiment.initializer];
  let answer: Omit<ExperimentAnswer, 'complete'> | undefined;
  const complete = await whileInterruptible(output, async (watch) => {
    const { signal, display } = watch;
    const network = await openInitialNetwork(experiment, plugins(container), {
      statistics: ['fired'],
      images,
      signal,
      onPreparation: ({ label, done, total }) => display.preparing(label, done, total),
    });
    try {
      requireSites(network, experiment);
      const results: ExperimentResult[] = [];
      for (const initializer of initializers) {
        const tally = await drawn(network, initializer, draws, watch);
        if (tally.draws > 0) results.push(resultOf(network, initializer, tally, confidence));
        if (signal.aborted) break;
      }
      answer = answerOf(experiment, network, results);
    } finally {
      await network.close();
    }
  });
  if (!answer || answer.results.length === 0) {
    throw new ReluctantError('INTERRUPTED', 'Interrupted before any network was measured.');
  }
  output.printJson({ ...answer, complete });
  output.print(formatExperiment({ ...answer, complete }));
  return complete;
}

function requireSites({ sites }: InitialNetwork, { name, architecture }: TrainingExperiment): void {
  if (sites.length > 0) return;
  throw new ReluctantError('USAGE', `The ${architecture.kind} of ${name} has no ReLU, so there is no unit to look at.`);
}

/** What was drawn until the end, or until it was interrupted: a network that was measured in part is not counted. */
async function drawn(
  network: InitialNetwork,
  initializer: InitializerSpec,
  draws: number,
  { signal, display }: Watch,
): Promise<BornDeadTally> {
  const tally = new BornDeadTally(network.sites.map(({ units }) => units));
  const show = display.track(initializerName(initializer));
  show(`drawing ${draws} networks`, 0, draws);
  while (tally.draws < draws) {
    const samples = await network.measure(initializer, tally.draws, signal);
    if (!samples) break;
    tally.add(samples.map(({ values }) => values.fired!.filter((fired) => fired === 0).length));
    show(`network ${tally.draws}/${draws}`, tally.draws, draws);
  }
  return tally;
}

function resultOf(
  { sites }: InitialNetwork,
  initializer: InitializerSpec,
  tally: BornDeadTally,
  confidence: number,
): ExperimentResult {
  const estimate = bornDeadEstimate(tally, confidence);
  const layers = estimate.layers.map((layer, index) => {
    const { name: site, kind, skip } = sites[index];
    return { site, kind, skip, ...layer };
  });
  return { initializer, ...estimate, layers };
}

function answerOf(
  { name, seed }: TrainingExperiment,
  { images, engine, dataset }: InitialNetwork,
  results: readonly ExperimentResult[],
): Omit<ExperimentAnswer, 'complete'> {
  return { experiment: name, seed, engine, dataset, images, neverFiredUpper: neverFiredUpperBound(images), results };
}
