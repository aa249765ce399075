import type { ToldStep } from '../pytorch/pytorch-session.js';
import { counterDifference, type CounterDifference, type SiteCounters } from './differences.js';

/** What a step told of itself. */
export interface StepOutcome {
  /** Mean loss of the batch before the update. */
  readonly loss: number;
  readonly correct: number;
  readonly counters: SiteCounters;
}

export interface StepDifference extends CounterDifference {
  /** |difference of the losses| / theirs. */
  readonly loss: number;
  /** Images that one side more than the other classifies correctly. */
  readonly correct: number;
}

/** @throws where a site or a statistic is missing on their side */
export function stepDifference(ours: StepOutcome, theirs: Omit<ToldStep, 'points'>): StepDifference {
  return {
    loss: Math.abs(ours.loss - theirs.loss) / theirs.loss,
    correct: Math.abs(ours.correct - theirs.correct),
    ...counterDifference(ours.counters, theirs.counters),
  };
}
