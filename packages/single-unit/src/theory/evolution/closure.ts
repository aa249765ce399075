import { ReluctantError } from '@reluctant/core';
import type { EvolutionPoint } from './trained-unit.js';

/** A law of the weights that is carried on from update to update by a few of its moments. */
export interface Closure {
  /** One update. */
  advance(): void;
  observe(step: number): EvolutionPoint;
  /** E[w]. */
  readonly mean: Float64Array;
}

/** Weights of this size only come about when they diverge. The simulation has the same limit. */
const LIMIT = 1e9;

/**
 * What a closure says at every step of a grid.
 *
 * @param grid numbers of updates, increasing, from 0 on
 * @throws ReluctantError `RUN_DIVERGED` where the moments grow beyond all bounds: the step size is too large
 */
export function follow(closure: Closure, grid: readonly number[]): EvolutionPoint[] {
  let step = 0;
  return grid.map((target) => {
    for (; step < target; step++) closure.advance();
    const point = closure.observe(step);
    const finite = (values: Float64Array) => values.every((value) => Math.abs(value) < LIMIT ** 2);
    if (!closure.mean.every((value) => Math.abs(value) < LIMIT) || !finite(point.covariance)) {
      throw new ReluctantError(
        'RUN_DIVERGED',
        `By the theory the weights diverge before update ${step}. Take a smaller step size.`,
      );
    }
    return point;
  });
}
