import type { SingleUnit } from './single-unit.js';
import type { Trajectories } from './trajectories.js';

export interface TrialPlan {
  readonly trials: number;
  /** Numbers of updates at which the unit is recorded, increasing from 0; a trial ends at the last. */
  readonly grid: readonly number[];
  /** A freshly initialised unit for a trial. */
  unit(trial: number): SingleUnit;
  /** Most updates between two yields. It decides how often the work can be interrupted, and nothing else. */
  readonly slice: number;
}

/** Trains one unit per trial and records it, yielding the number of updates made since the last yield. */
export function* runTrials(plan: TrialPlan, trajectories: Trajectories): Generator<number, void> {
  const { trials, grid, slice } = plan;
  for (let trial = 0; trial < trials; trial++) {
    const unit = plan.unit(trial);
    trajectories.record(0, unit);
    for (let point = 1; point < grid.length; point++) {
      for (let step = grid[point - 1]; step < grid[point];) {
        const updates = Math.min(slice, grid[point] - step);
        unit.train(updates);
        step += updates;
        yield updates;
      }
      trajectories.record(point, unit);
    }
  }
}
