import type { Batch, Network, Session } from '@reluctant/core';
import type { Instant } from '../clock.js';
import type { Subject } from '../interleave.js';
import { averageBlock, sessionSteps, type TimedSteps } from './session-steps.js';

/** Training steps of one session, a block of them a round. */
export class StepSubject implements Subject {
  private readonly steps: TimedSteps;

  constructor(
    readonly name: string,
    readonly network: Network,
    private readonly session: Session,
    batches: readonly Batch[],
    private readonly stepsPerRound: number,
  ) {
    this.steps = sessionSteps(session, batches);
  }

  /** @throws ReluctantError `RUN_DIVERGED` */
  async run(): Promise<Instant> {
    return averageBlock(await this.steps(this.stepsPerRound));
  }

  async close(): Promise<void> {
    await this.session.close();
    this.network.model.dispose();
  }
}
