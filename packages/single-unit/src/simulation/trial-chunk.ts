import { Random } from '@reluctant/core';
import { DIVERGED } from '../model/diverged.js';
import { inputCount, type UnitModel } from '../model/unit-model.js';
import { dot, multiply } from '../numerics/matrix.js';
import { RunningCovariance, type CovarianceState } from '../numerics/running-covariance.js';
import { RunningMoments, type MomentState } from '../numerics/running-moments.js';
import { initialState } from './initial-state.js';
import { factorMatrix } from './input-composition.js';
import { Kernel } from './kernel.js';
import { SEED_WORDS } from './trial-layout.js';
import { observer } from './observation.js';
import { initialOrderParameters, orderParameters } from './order-parameters.js';
import { updateCost, type SimulationPlan } from './simulation-plan.js';

/** Quantities of a trial of which means are recorded, besides its weights. */
export const QUANTITIES = ['activation', 'excessError', 'norm', 'overlap'] as const;

/** Up to so many weights the whole covariance is recorded, else variances alone. */
export const MOST_COVARIANCES = 64;

const SLICE_NANOSECONDS = 8e6;

/** Some of the trials, from one point of the grid to another. */
export interface TrialChunk {
  /** First trial, and how many. */
  readonly first: number;
  readonly count: number;
  /** Indices into the grid; from 0 on, the first point is recorded as well. */
  readonly from: number;
  readonly to: number;
  /** Where the trials stand at `from`; they begin there where nothing is given. */
  readonly saved?: Uint8Array;
  /** Whether the record is to say where the trials stand at `to`. */
  readonly save: boolean;
}

/** Points count from `from`, or from `from + 1` where trials went on. */
export interface ChunkRecord {
  /** `QUANTITIES` of the first point, of the second, … */
  readonly moments: MomentState;
  /** Weights (or order parameters), one state per point; or their moments alone where they are many. */
  readonly covariances: readonly CovarianceState[];
  readonly weights: MomentState;
  /** Pr[y>0] of every trial at the first point, the second, … */
  readonly activations: Float64Array;
  /** Updates at which Pr[y>0] fell below ε first; −1 where it hasn't yet. */
  readonly firstHits: Float64Array;
  readonly saved?: Uint8Array;
  readonly diverged?: { readonly trial: number; readonly updates: number };
}

/**
 * Trains the trials of a chunk and records them, yielding the number of updates (of all trials together) since the last yield,
 * every few milliseconds. How often it is interrupted changes nothing.
 */
export function* runChunk(plan: SimulationPlan, chunk: TrialChunk): Generator<number, ChunkRecord> {
  const { grid, deadBelow } = plan;
  const { first, count, from, to } = chunk;
  const parameters = plan.method === 'order-parameters' ? orderParameters(plan.model, plan.start) : undefined;
  if (typeof parameters === 'string') throw new TypeError(parameters);
  const model = parameters?.reduced ?? plan.model;
  const kernel = new Kernel({
    model,
    space: parameters
      ? { kind: 'order-parameters', directions: parameters.directions.length === 1 ? 1 : 2, across: parameters.across }
      : { kind: 'full' },
    capacity: count,
    deadBelow,
  });
  const observe = observer(model, plan.seed);
  const size = model.input.size;
  const points = to - from + (chunk.saved ? 0 : 1);
  const moments = new RunningMoments(points * QUANTITIES.length);
  const isSmall = size <= MOST_COVARIANCES;
  const covariances = Array.from({ length: isSmall ? points : 0 }, () => new RunningCovariance(size));
  const weightMoments = new RunningMoments(isSmall ? 0 : points * size);
  const activations = new Float64Array(points * count);
  const state = new Float64Array(size);
  let diverged: ChunkRecord['diverged'];

  const record = (point: number, updates: number) => {
    for (let trial = 0; trial < count; trial++) {
      kernel.read(trial, state);
      if (!(Math.sqrt(dot(state, state)) < DIVERGED)) diverged ??= { trial: first + trial, updates };
      if (diverged) return;
      const observation = observe(state);
      QUANTITIES.forEach((name, i) => moments.add(point * QUANTITIES.length + i, observation[name]));
      if (isSmall) covariances[point].add(state);
      else state.forEach((value, i) => weightMoments.add(point * size + i, value));
      activations[point * count + trial] = observation.activation;
      if (observation.activation < deadBelow && (updates === 0 || !kernel.notesHits)) kernel.noteHit(trial, updates);
    }
  };

  if (chunk.saved) {
    kernel.restore(chunk.saved);
  } else {
    const draw = parameters
      ? initialOrderParameters(parameters, plan.model, plan.start)
      : initialState(plan.model, plan.start);
    startTrials(plan, chunk, kernel, draw);
    record(0, 0);
  }
  const slice = Math.max(16, Math.floor(SLICE_NANOSECONDS / (updateCost(plan) * count)));
  for (let index = from + 1; index <= to && !diverged; index++) {
    for (let done = grid[index - 1]; done < grid[index];) {
      const updates = Math.min(slice, grid[index] - done);
      kernel.advance(count, updates);
      done += updates;
      yield updates * count;
    }
    record(index - from - (chunk.saved ? 1 : 0), grid[index]);
  }
  return {
    moments: moments.state,
    covariances: covariances.map((covariance) => covariance.state),
    weights: weightMoments.state,
    activations,
    firstHits: Float64Array.from({ length: count }, (_, trial) => kernel.firstHit(trial)),
    saved: chunk.save ? kernel.save(count) : undefined,
    diverged,
  };
}

/** Draws first weights and seeds of all that follows, from the seed, the group and the trial's number alone. */
function startTrials(
  { model, seed, group }: SimulationPlan,
  { first, count }: TrialChunk,
  kernel: Kernel,
  draw: (random: Random) => Float64Array,
): void {
  const words = new Uint32Array(SEED_WORDS);
  for (let trial = 0; trial < count; trial++) {
    const random = new Random(seed, 'single-unit', group, first + trial);
    const state = draw(random);
    const line = delayLine(model, random);
    for (let i = 0; i < SEED_WORDS; i++) words[i] = random.uint32();
    kernel.start(trial, words, state, line);
  }
}

/** Samples that a delay line begins with, with the covariance that it keeps. */
function delayLine(model: UnitModel, random: Random): Float64Array | undefined {
  if (!model.distribution.delayLine) return undefined;
  const inputs = inputCount(model);
  const variates = Float64Array.from({ length: inputs }, () => random.normal());
  return multiply(factorMatrix(model.distribution.factor, inputs), variates);
}
