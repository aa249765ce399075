import { ReluctantError, type Batch, type Session } from '@reluctant/core';
import { elapsed, processClock, type Instant } from '../clock.js';
import { LEARNING_RATE } from './training-plan.js';

/** Takes so many steps in a row and tells what each took, milliseconds. */
export type TimedSteps = (count: number) => Promise<readonly Instant[]>;

/**
 * Times steps of an engine's session.
 * @throws ReluctantError `RUN_DIVERGED`: numbers that are no numbers take another time to compute
 */
export function sessionSteps(session: Session, batches: readonly Batch[]): TimedSteps {
  let step = 0;
  return async (count) => {
    const durations: Instant[] = [];
    for (let index = 0; index < count; index++) {
      const start = processClock();
      const { loss } = await session.trainStep(batches[step % batches.length], { learningRate: LEARNING_RATE, step });
      durations.push(elapsed(start, processClock()));
      if (!Number.isFinite(loss)) throw new ReluctantError('RUN_DIVERGED', `The loss became ${loss} at step ${step}.`);
      step++;
    }
    return durations;
  };
}

/**
 * Mean of all durations but the first, or that one where there is no other: in training a step follows a step, with warm caches and
 * awake threads.
 */
export function averageBlock(durations: readonly Instant[]): Instant {
  const timed = durations.length > 1 ? durations.slice(1) : durations;
  const mean = (pick: (duration: Instant) => number) =>
    timed.reduce((sum, duration) => sum + pick(duration), 0) / timed.length;
  return { wall: mean(({ wall }) => wall), cpu: mean(({ cpu }) => cpu) };
}
