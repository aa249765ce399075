import { availableParallelism } from 'node:os';
import type { UnitModel } from '../model/unit-model.js';
import type { SimulationOptions } from './simulate.js';
import { chooseMethod } from './simulation-method.js';
import { observationCost, updateCost, type SimulationPlan } from './simulation-plan.js';

/** Nanoseconds of work from which threads pay. */
const WORTH_THREADS = 3e8;

/** Whether so many trials are better divided among threads. */
export function paysThreads(plan: Pick<SimulationPlan, 'model' | 'method' | 'grid'>, trials: number): boolean {
  return work(plan, trials) > WORTH_THREADS;
}

/**
 * About how many nanoseconds `simulate` takes, on the threads that this machine has. It weighs parts of longer work for their
 * progress, and decides nothing in the results.
 */
export function estimatedTime(
  model: UnitModel,
  options: Pick<SimulationOptions, 'start' | 'trials' | 'grid' | 'method'>,
) {
  const plan = { model, grid: options.grid, method: chooseMethod(model, options).method };
  const nanoseconds = work(plan, options.trials);
  return paysThreads(plan, options.trials) ? nanoseconds / availableParallelism() : nanoseconds;
}

/** Nanoseconds of one thread. */
function work(plan: Pick<SimulationPlan, 'model' | 'method' | 'grid'>, trials: number): number {
  const { grid } = plan;
  return trials * (grid[grid.length - 1] * updateCost(plan) + grid.length * observationCost(plan));
}
