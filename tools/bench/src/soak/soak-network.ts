import { cpus } from 'node:os';
import { prefetch, quantile, type SelectedEngine, type Split } from '@reluctant/core';
import { foreignCores, readLoad } from '../foreign-load.js';
import type { OnProgress } from '../on-progress.js';
import type { ArchitectureBuilder } from '../step/architecture-builder.js';
import { openWatched } from '../step/open-watched.js';
import { tapsOf } from '../step/watching.js';
import { watchEventLoop } from './event-loop-delay.js';
import { ResidentMemory } from './resident-memory.js';
import type { InputReport, NetworkSoak, Tail } from './soak-report.js';
import type { SoakSettings } from './soak-settings.js';
import { SoakTraining, type StretchTimes } from './soak-training.js';
import { tellTimeLeft } from './time-left.js';
import { partialBatch, trainingBatches } from './training-batches.js';

/** Steps before anything is measured: what is compiled, cached and allocated once is there by then. */
export const WARM_UP = 200;
/** Steps without prefetch at most, for comparison. */
const UNPREFETCHED = 100;

/** What is trained, and on what. */
export interface Subject {
  readonly architecture: string;
  readonly build: ArchitectureBuilder;
  readonly train: Split;
}

interface Listener {
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
  readonly onStep: () => void;
}

/** @returns `undefined` where it was interrupted before a measured step was taken */
export async function soakNetwork(
  subject: Subject,
  engine: SelectedEngine,
  settings: SoakSettings,
  { onProgress, signal }: Pick<Listener, 'onProgress' | 'signal'>,
): Promise<NetworkSoak | undefined> {
  const { architecture, train } = subject;
  const unprefetched = Math.min(UNPREFETCHED, settings.steps);
  onProgress(`${architecture}: compiling`);
  const { network, session } = await openWatched(subject.build, engine, (sites) => tapsOf('everything', sites));
  try {
    const training = new SoakTraining(architecture, session);
    const tell = tellTimeLeft(architecture, WARM_UP + settings.steps + unprefetched, onProgress);
    let taken = 0;
    const listener = { onProgress, signal, onStep: () => tell(++taken) };
    const measured = await measure(training, subject, settings, listener);
    if (!measured || signal.aborted) return measured;
    onProgress(`${architecture}: ${unprefetched} steps without prefetch`);
    const batches = trainingBatches(train, settings.batch, (produced) => produced);
    const times = await training.run(batches, { ...listener, steps: unprefetched });
    return { ...measured, unprefetchedInput: inputReport(times) };
  } finally {
    await session.close();
    network.model.dispose();
  }
}

async function measure(
  training: SoakTraining,
  { architecture, train }: Subject,
  { batch, steps, sample }: SoakSettings,
  { onProgress, signal, onStep }: Listener,
): Promise<NetworkSoak | undefined> {
  // The engine loads a model for each batch size. That an epoch's last batch brings another must not look like growth.
  const partial = await partialBatch(train, batch);
  if (partial) await training.train(partial);
  const batches = trainingBatches(train, batch, prefetch);
  try {
    onProgress(`${architecture}: ${WARM_UP} steps of warm-up`);
    await training.run(batches, { steps: WARM_UP, signal, onStep });
    if (signal.aborted) return undefined;

    onProgress(`${architecture}: ${steps} steps`);
    const memory = new ResidentMemory();
    memory.sample(0);
    const load = readLoad();
    const endEventLoop = watchEventLoop();
    const times = await training.run(batches, {
      steps,
      signal,
      onStep(taken) {
        if (taken % sample === 0) memory.sample(taken);
        onStep();
      },
    });
    const eventLoop = endEventLoop();
    const foreign = foreignCores(load, readLoad());
    return {
      architecture,
      steps: times.steps.length,
      step: tail(times.steps.map((step, index) => times.waits[index] + step)),
      memory: memory.report(),
      eventLoop,
      input: inputReport(times),
      foreignShare: foreign === undefined ? undefined : foreign / cpus().length,
    };
  } finally {
    await batches.return(undefined as never);
  }
}

function inputReport({ waits, steps }: StretchTimes): InputReport {
  const total = (durations: readonly number[]) => durations.reduce((sum, duration) => sum + duration, 0);
  const waiting = total(waits);
  return { steps: steps.length, ...tail(waits), share: waiting / (waiting + total(steps)) };
}

function tail(durations: readonly number[]): Tail {
  return { median: quantile(durations, 0.5), p99: quantile(durations, 0.99) };
}
