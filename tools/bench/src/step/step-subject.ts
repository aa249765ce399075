import { ReluctantError, type Batch, type Network, type Session } from '@reluctant/core';
import type { Subject } from '../interleave.js';
import { LEARNING_RATE } from './training-plan.js';

/** Training steps of one session. */
export class StepSubject implements Subject {
  private step = 0;

  constructor(
    readonly name: string,
    readonly network: Network,
    private readonly session: Session,
    private readonly batches: readonly Batch[],
  ) {}

  /** @throws ReluctantError `RUN_DIVERGED`: numbers that are no numbers take another time to compute */
  async run(round: number): Promise<void> {
    const batch = this.batches[round % this.batches.length];
    const { loss } = await this.session.trainStep(batch, { learningRate: LEARNING_RATE, step: this.step++ });
    if (!Number.isFinite(loss)) throw new ReluctantError('RUN_DIVERGED', `${this.name}: the loss became ${loss}.`);
  }

  async close(): Promise<void> {
    await this.session.close();
    this.network.model.dispose();
  }
}
