import type { ScheduleSpec } from './schedule-spec.js';

/** Where in training a step lies. */
export interface TrainingProgress {
  /** Epochs completed before the step, with the fraction of the present one: in [0, epochs]. */
  readonly epoch: number;
  /** Length of the whole training. */
  readonly epochs: number;
}

/**
 * The learning rate of the step taken at `progress`; in [0, baseRate].
 *
 * Warm-up rises linearly from `warmupFrom · baseRate` and meets the schedule without a jump (Goyal et al. 2017,
 * arXiv 1706.02677, §2.2). `step` multiplies by gamma at every milestone reached (He et al. 2016, §4.2). `cosine` falls from the
 * base rate at the end of the warm-up to `floor · baseRate` at the end of training (Loshchilov & Hutter 2017,
 * arXiv 1608.03983, eq. 5, without restarts).
 */
export function learningRateAt(spec: ScheduleSpec, baseRate: number, progress: TrainingProgress): number {
  const { epoch } = progress;
  if (epoch < spec.warmupEpochs) {
    return baseRate * (spec.warmupFrom + (1 - spec.warmupFrom) * (epoch / spec.warmupEpochs));
  }
  return baseRate * shareAfterWarmup(spec, progress);
}

function shareAfterWarmup(spec: ScheduleSpec, { epoch, epochs }: TrainingProgress): number {
  switch (spec.kind) {
    case 'constant':
      return 1;
    case 'step':
      return spec.gamma ** spec.milestones.filter((milestone) => epoch >= milestone).length;
    case 'cosine': {
      const length = epochs - spec.warmupEpochs;
      // A warm-up as long as the training leaves nothing to anneal.
      const done = length > 0 ? Math.min(1, (epoch - spec.warmupEpochs) / length) : 0;
      return spec.floor + (1 - spec.floor) * 0.5 * (1 + Math.cos(Math.PI * done));
    }
  }
}
