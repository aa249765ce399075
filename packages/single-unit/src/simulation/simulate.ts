import { ReluctantError, runInTimeSlices } from '@reluctant/core';
import { DIVERGED } from '../model/diverged.js';
import { initializationName, type InitializationOptions } from '../model/initializations.js';
import type { UnitModel } from '../model/unit-model.js';
import { paysThreads } from './estimated-time.js';
import { orderParameters } from './order-parameters.js';
import { RecordCollector } from './record-collector.js';
import { sharedArrays } from './shared-arrays.js';
import { SharedProgress } from './shared-progress.js';
import { chooseMethod } from './simulation-method.js';
import type { SimulationMethod, SimulationPlan } from './simulation-plan.js';
import type { SimulationResult } from './simulation-result.js';
import { SimulationWorkers } from './simulation-workers.js';
import { summarize } from './summarize.js';
import { type ChunkRecord, runChunk, type TrialChunk } from './trial-chunk.js';

export interface SimulationOptions {
  readonly start: InitializationOptions;
  /** Independent trials, ≥ 2. */
  readonly trials: number;
  /** Numbers of updates at which trials are recorded, increasing from 0. */
  readonly grid: readonly number[];
  readonly seed: number;
  /** ε, in (0, 1]: a unit with Pr[y>0] < ε counts as dead. 0.001 where nothing is said. */
  readonly deadBelow?: number;
  /**
   * How to simulate. `auto`: by order parameters where they are exact, else in full. Asking for order parameters where there are
   * none is an error.
   */
  readonly method?: SimulationMethod | 'auto';
  /**
   * Stops early: at the first point of the grid, at least 1/stepSize updates from the start, since half of whose updates the means
   * of Pr[y>0], excess error and |w| have not moved by more than this, each relative to its present value.
   */
  readonly tolerance?: number;
}

export interface SimulationContext {
  readonly signal?: AbortSignal;
  /** Called several times a second. */
  onProgress?(progress: SimulationProgress): void;
  /** Threads to use, if the simulation is long enough for that to pay. Otherwise some are started for this simulation. */
  readonly workers?: SimulationWorkers;
}

export interface SimulationProgress {
  /** Updates of all trials together. */
  readonly done: number;
  readonly total: number;
}

/**
 * Trials of a chunk: few where there are few, so that all threads get some. It is part of the results, since sums of
 * floating-point numbers depend on their order, and so depends on nothing but the number of trials.
 */
const chunkSize = (trials: number) => (trials >= 10_000 ? 256 : 64);
const PROGRESS_MILLISECONDS = 100;
const DEFAULT_DEAD_BELOW = 0.001;

/**
 * Trains one unit many times over, from weights of one initialisation, and says how it develops. Results depend on the model, the
 * options and the seed alone: not on the number of threads, nor on how the work is divided in time.
 *
 * @throws CONFIG_INVALID where order parameters are asked for and don't exist
 * @throws RUN_DIVERGED where a trial's weights grow beyond all bounds
 * @throws the signal's reason, when aborted
 */
export async function simulate(
  model: UnitModel,
  options: SimulationOptions,
  { signal, onProgress, workers }: SimulationContext = {},
): Promise<SimulationResult> {
  signal?.throwIfAborted();
  const { method, reason } = chooseMethod(model, options);
  const plan: SimulationPlan = {
    model: sharedArrays(model),
    start: options.start,
    method,
    group: initializationName(options.start),
    seed: options.seed,
    grid: options.grid,
    deadBelow: options.deadBelow ?? DEFAULT_DEAD_BELOW,
  };
  const { trials, grid, tolerance } = options;
  const total = trials * grid[grid.length - 1];
  const parameters = method === 'order-parameters' ? orderParameters(model, options.start) : undefined;
  const size = parameters && typeof parameters !== 'string' ? parameters.reduced.input.size : model.input.size;
  const collector = new RecordCollector(grid.length, trials, size);

  const progress = new SharedProgress();
  let stop!: () => void;
  // Threads that are still starting can't be told to stop, and aren't waited for.
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      progress.stop();
      reject(signal!.reason);
    };
  });
  aborted.catch(() => undefined);
  signal?.addEventListener('abort', stop);
  const tell = () => onProgress?.({ done: progress.done, total });
  const timer = setInterval(tell, PROGRESS_MILLISECONDS);
  const inThreads = paysThreads(plan, trials);
  const ownWorkers = workers === undefined && inThreads ? new SimulationWorkers() : undefined;
  const pool = inThreads ? (workers ?? ownWorkers) : undefined;
  let here: Promise<ChunkRecord | undefined> = Promise.resolve(undefined);
  const run = (chunk: TrialChunk): Promise<ChunkRecord | undefined> => {
    if (pool) return pool.run({ plan, chunk, progress: progress.buffer });
    here = here.then(() =>
      runInTimeSlices(runChunk(plan, chunk), { signal, onValue: (updates) => progress.add(updates) }),
    );
    return here;
  };

  try {
    const saved: Uint8Array[] = [];
    const lastPoint = grid.length - 1;
    // Without a tolerance trials go to the end at once, each chunk in one piece.
    let point = tolerance === undefined ? lastPoint : Math.min(1, lastPoint);
    let from = 0;
    for (;;) {
      await Promise.race([aborted, runRound(run, { from, to: point, trials, saved }, collector, plan)]);
      if (point === lastPoint || (tolerance !== undefined && isAtRest(collector, plan, point, tolerance))) break;
      from = point++;
    }
    tell();
    return summarize({ plan, trials, points: point + 1, collector, reason });
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
    progress.stop();
    await ownWorkers?.close();
  }
}

/** All chunks from one point to another. Records are collected in the order of trials, as soon as it is their turn. */
async function runRound(
  run: (chunk: TrialChunk) => Promise<ChunkRecord | undefined>,
  { from, to, trials, saved }: { from: number; to: number; trials: number; saved: Uint8Array[] },
  collector: RecordCollector,
  { start, grid }: SimulationPlan,
): Promise<void> {
  const save = to < grid.length - 1;
  const size = chunkSize(trials);
  const chunks = Array.from({ length: Math.ceil(trials / size) }, (_, i) => {
    const first = i * size;
    return { first, count: Math.min(size, trials - first), from, to, saved: saved[i], save };
  });
  const records = chunks.map((chunk) => run(chunk));
  // The first failure is what is reported; the others must not count as unhandled meanwhile.
  for (const record of records) record.catch(() => undefined);
  for (const [i, chunk] of chunks.entries()) {
    const record = await records[i];
    delete (records as (Promise<unknown> | undefined)[])[i];
    if (!record) continue;
    if (record.diverged) throw divergence(record.diverged, initializationName(start));
    collector.add(record, chunk.saved ? from + 1 : from, chunk.first);
    if (record.saved) saved[i] = record.saved;
  }
}

/** Whether means have hardly moved since half of the updates: see `tolerance`. */
function isAtRest(
  collector: RecordCollector,
  { grid, model }: SimulationPlan,
  point: number,
  tolerance: number,
): boolean {
  if (grid[point] * model.stepSize < 1) return false;
  return (['activation', 'excessError', 'norm'] as const).every((name) => {
    const now = collector.mean(name, point);
    for (let earlier = point - 1; earlier >= 0; earlier--) {
      if (Math.abs(collector.mean(name, earlier) - now) > tolerance * Math.abs(now)) return false;
      if (grid[earlier] <= grid[point] / 2) return true;
    }
    return false;
  });
}

function divergence({ trial, updates }: NonNullable<ChunkRecord['diverged']>, group: string): ReluctantError {
  return new ReluctantError(
    'RUN_DIVERGED',
    `The weights of trial ${trial} of "${group}" have grown beyond ${DIVERGED} after ${updates} updates. Choose a smaller stepSize.`,
  );
}
