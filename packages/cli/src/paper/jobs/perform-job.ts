import { setTimeout as sleep } from 'node:timers/promises';
import {
  isSimulation,
  loadPlugins,
  plugins as pluginsOf,
  ReluctantError,
  resolveExperiment,
  resumeExperiment,
  runExperiment,
  RunStore,
  type EventBus,
  type Experiment,
  type RunOptions,
} from '@reluctant/core';
import type { Container } from 'inversify';
import { compose } from '../../compose.js';
import { importFrom } from '../../import-from.js';
import { JobFolder, type JobOrder } from './job-folder.js';
import type { JobResult } from './job.js';

export interface JobControl {
  readonly signal: AbortSignal;
  /** In [0, 1]. */
  onProgress(share: number): void;
}

/** How long a process that was cut off, and is still writing its last step, is waited for. */
const PATIENCE_MS = 30_000;

/**
 * Does the job of an order in its folder, unless that has been done: a run that was cut off goes on from its newest checkpoint, one
 * without any begins again.
 * @throws what runs do, but for a loss that diverges, which is a result
 */
export async function performJob(
  jobs: string,
  order: JobOrder,
  { signal, onProgress }: JobControl,
): Promise<JobResult | 'interrupted'> {
  const folder = new JobFolder(jobs, order.id);
  await untilNobodyWrites(folder);
  const ended = await folder.ended();
  if (ended) return ended.result;
  const container = await compose({ runs: folder.path, plugins: [] });
  for (const { folder: from, specifiers } of order.modules) {
    await loadPlugins(container, specifiers, importFrom(from));
  }
  const experiment = resolveExperiment(order.experiment, pluginsOf(container), `Job ${order.id}`);
  const options: RunOptions = { signal, onStart: (bus) => follow(bus, experiment, onProgress) };
  const begun = await resumable(folder, container);
  try {
    const outcome = await (begun === undefined
      ? runExperiment(experiment, container, options)
      : resumeExperiment(begun, container, options));
    return outcome.status;
  } catch (error) {
    if (ReluctantError.is(error) && error.code === 'RUN_DIVERGED') return 'diverged';
    throw error;
  }
}

async function untilNobodyWrites(folder: JobFolder): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(200)) {
    const writing = (await folder.runs()).find(({ alive }) => alive);
    if (!writing) return;
    if (Date.now() > end) {
      throw new ReluctantError('STORE_FAILED', `Another process is doing this job, and writes ${writing.path}.`);
    }
  }
}

/** The newest run that has a checkpoint. */
async function resumable(folder: JobFolder, container: Container): Promise<string | undefined> {
  const store = container.get(RunStore);
  for (const { path } of await folder.runs()) {
    if (await (await store.open(path)).latestCheckpoint()) return path;
  }
  return undefined;
}

function follow(bus: EventBus, experiment: Experiment, onProgress: (share: number) => void): void {
  if (isSimulation(experiment)) {
    bus.of('progress').subscribe(({ done, total }) => total && onProgress(done / total));
  } else {
    bus.of('step.completed').subscribe(({ epoch }) => onProgress(epoch / experiment.training.epochs));
  }
}
