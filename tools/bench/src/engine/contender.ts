import type { Batch, Session } from '@reluctant/core';
import type { Instant } from '../clock.js';
import { elapsed, processClock } from '../clock.js';
import type { Subject } from '../interleave.js';
import type { PytorchSession } from '../pytorch/pytorch-session.js';
import type { Watching } from '../step/watching.js';
import { LEARNING_RATE } from '../step/training-plan.js';
import type { MemoryLayout } from './engine-settings.js';

/** One of those that are compared. */
export interface Contender {
  readonly side: 'ours' | 'pytorch';
  readonly watching: Watching;
  /** PyTorch only. */
  readonly layout?: MemoryLayout;
  /** Milliseconds from opening to the end of the first step: compilation, memory. */
  readonly start: number;
  /** Takes so many steps in a row and tells what each took. */
  steps(count: number): Promise<readonly Instant[]>;
  /** Milliseconds of processor time of its process so far, where that is not this one. */
  cpu?(): number;
  /** Largest resident memory of its process, where that is not this one. */
  peakMemoryMiB?(): number;
  close(): Promise<void>;
}

/** Times steps of an engine's session. */
export function sessionSteps(session: Session, batches: readonly Batch[]): Contender['steps'] {
  let step = 0;
  return async (count) => {
    const durations: Instant[] = [];
    for (let index = 0; index < count; index++) {
      const start = processClock();
      await session.trainStep(batches[step % batches.length], { learningRate: LEARNING_RATE, step });
      durations.push(elapsed(start, processClock()));
      step++;
    }
    return durations;
  };
}

export function pytorchSteps(session: PytorchSession): Contender['steps'] {
  return (count) => session.steps(count);
}

export function contenderName({ side, watching, layout }: Pick<Contender, 'side' | 'watching' | 'layout'>): string {
  return [side, layout, watching].filter(Boolean).join(', ');
}

/**
 * Blocks of steps, with a rest before each: threads of whoever ran before may still be waiting busily (OpenMP's do for some
 * milliseconds), and would be in the way. In training a step follows a step, with warm caches and awake threads, so the first of a
 * block is left out.
 */
export function blocks(contender: Contender, steps: number, pause: number): Subject {
  return {
    name: contenderName(contender),
    async run() {
      await new Promise((resolve) => setTimeout(resolve, pause));
      return averageBlock(await contender.steps(steps));
    },
  };
}

/** Mean of all durations but the first, or that one where there is no other. */
export function averageBlock(durations: readonly Instant[]): Instant {
  const timed = durations.length > 1 ? durations.slice(1) : durations;
  const mean = (pick: (duration: Instant) => number) =>
    timed.reduce((sum, duration) => sum + pick(duration), 0) / timed.length;
  return { wall: mean(({ wall }) => wall), cpu: mean(({ cpu }) => cpu) };
}
