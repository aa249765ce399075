import { ReluctantError, type Batch, type Session } from '@reluctant/core';
import { LEARNING_RATE } from '../step/training-plan.js';

/** Milliseconds of every step of a stretch, in its order. */
export interface StretchTimes {
  /** From asking for the batch to having it. */
  readonly waits: readonly number[];
  /** From there to the step's result. */
  readonly steps: readonly number[];
}

/** How far a stretch goes. */
export interface Stretch {
  readonly steps: number;
  /** Ends the stretch after the step under way. */
  readonly signal?: AbortSignal;
  /** Called after every step with the number taken, outside of what is timed. */
  readonly onStep?: (taken: number) => void;
}

/** One session's training, in stretches. */
export class SoakTraining {
  private step = 0;

  constructor(
    private readonly architecture: string,
    private readonly session: Session,
  ) {}

  /** @throws ReluctantError `RUN_DIVERGED` */
  async train(batch: Batch): Promise<void> {
    const { loss } = await this.session.trainStep(batch, { learningRate: LEARNING_RATE, step: this.step++ });
    if (Number.isFinite(loss)) return;
    throw new ReluctantError('RUN_DIVERGED', `${this.architecture}: the loss became ${loss} at step ${this.step}.`);
  }

  /**
   * Takes at least one step.
   * @param batches without an end
   */
  async run(batches: AsyncIterator<Batch, never>, { steps: count, signal, onStep }: Stretch): Promise<StretchTimes> {
    const waits: number[] = [];
    const steps: number[] = [];
    do {
      const asked = performance.now();
      const { value } = await batches.next();
      const given = performance.now();
      await this.train(value);
      waits.push(given - asked);
      steps.push(performance.now() - given);
      onStep?.(steps.length);
    } while (steps.length < count && !signal?.aborted);
    return { waits, steps };
  }
}
