import { readParameters, type Batch, type Network, type SelectedEngine, type Tap } from '@reluctant/core';
import { PytorchSession, type PytorchOptions } from '../pytorch/pytorch-session.js';
import type { SharedFiles } from '../pytorch/shared-files.js';
import { TASK, type ArchitectureBuilder } from '../step/architecture-builder.js';
import { openWatched } from '../step/open-watched.js';
import { sessionSteps } from '../step/session-steps.js';
import { tapsOf, type Watching } from '../step/watching.js';
import { pytorchSteps, type Contender } from './contender.js';
import type { MemoryLayout } from './engine-settings.js';

/** What both sides train. */
export interface Exercise {
  readonly build: ArchitectureBuilder;
  readonly batches: readonly Batch[];
  readonly files: SharedFiles;
}

/** The same network, from the same weights, on the same batches, in PyTorch. */
export async function openPytorch(
  { batches, files }: Exercise,
  network: Network,
  taps: readonly Tap[],
  options: PytorchOptions,
): Promise<PytorchSession> {
  return mirrorInPytorch(
    network,
    taps,
    { batch: batches[0].size, ...(await files.writeBatches(batches)) },
    files,
    options,
  );
}

/** The same of batches that lie in files already. */
export async function mirrorInPytorch(
  network: Network,
  taps: readonly Tap[],
  {
    batch,
    imagesFile,
    labelsFile,
  }: { readonly batch: number; readonly imagesFile: string; readonly labelsFile: string },
  files: SharedFiles,
  options: PytorchOptions,
): Promise<PytorchSession> {
  const { graph } = network;
  const names = graph.parameters.map(({ name }) => name);
  const stateFile = await files.writeArrays(names, readParameters(network));
  const task = { graph, inputShape: TASK.inputShape, batchSize: batch, taps, stateFile, imagesFile, labelsFile };
  return PytorchSession.open(task, options);
}

/** Our network, and one in PyTorch for each memory layout, watched alike. All have taken their first step. */
export async function openContenders(
  exercise: Exercise,
  engine: SelectedEngine,
  watching: Watching,
  pytorch: Omit<PytorchOptions, 'channelsLast'> & { readonly layouts: readonly MemoryLayout[] },
): Promise<readonly Contender[]> {
  const opened: Contender[] = [];
  try {
    const start = performance.now();
    const { network, session } = await openWatched(exercise.build, engine, (sites) => tapsOf(watching, sites));
    const close = async () => {
      await session.close();
      network.model.dispose();
    };
    const ours = { side: 'ours', watching, steps: sessionSteps(session, exercise.batches), close } as const;
    opened.push(await started(ours, start));
    for (const layout of pytorch.layouts) {
      opened.push(await openPytorchContender(exercise, network, watching, layout, pytorch));
    }
    return opened;
  } catch (error) {
    for (const contender of opened) await contender.close();
    throw error;
  }
}

async function openPytorchContender(
  exercise: Exercise,
  network: Network,
  watching: Watching,
  layout: MemoryLayout,
  { python, threads }: Omit<PytorchOptions, 'channelsLast'>,
): Promise<Contender> {
  const start = performance.now();
  const channelsLast = layout === 'channels-last';
  const session = await openPytorch(exercise, network, tapsOf(watching, network.sites), {
    python,
    threads,
    channelsLast,
  });
  const theirs = { side: 'pytorch', watching, layout, steps: pytorchSteps(session) } as const;
  const close = () => session.close();
  return started({ ...theirs, close, cpu: () => session.cpu, peakMemoryMiB: () => session.peakMemoryMiB }, start);
}

/** Takes the first step, which is part of getting ready. */
export async function started(contender: Omit<Contender, 'start'>, start: number): Promise<Contender> {
  try {
    await contender.steps(1);
    return { ...contender, start: performance.now() - start };
  } catch (error) {
    await contender.close();
    throw error;
  }
}
