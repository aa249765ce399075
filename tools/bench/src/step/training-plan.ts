import type { Tap, TrainingPlan } from '@reluctant/core';

/** How every network here is trained, by whichever program. */
export const LEARNING_RATE = 0.01;
export const OPTIMIZER = { kind: 'momentum', momentum: 0.9, weightDecay: 5e-4, decayOn: 'kernels' } as const;

export function trainingPlan(taps: readonly Tap[]): TrainingPlan {
  return { optimizer: OPTIMIZER, loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0 }, taps, seed: 1 };
}
