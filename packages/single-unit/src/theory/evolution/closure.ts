import { ReluctantError } from '@reluctant/core';
import { DIVERGED } from '../../model/diverged.js';
import { complete, type Stepwise } from '../../numerics/stepwise.js';
import type { EvolutionPoint } from './trained-unit.js';

/** A law of the weights that is carried on from update to update by a few of its moments. */
export interface Closure {
  /** One update. */
  advance(): void;
  observe(step: number): EvolutionPoint;
  /** The largest of what is kept of the weights: means, and standard deviations. */
  magnitude(): number;
}

/**
 * What a closure says at every step of a grid.
 *
 * @param grid numbers of updates, increasing, from 0 on
 * @throws ReluctantError `RUN_DIVERGED` where the moments grow beyond all bounds: the step size is too large
 */
export function follow(closure: Closure, grid: readonly number[]): EvolutionPoint[] {
  return complete(followInSteps(closure, grid));
}

/** `follow`, yielding after every update. */
export function* followInSteps(closure: Closure, grid: readonly number[]): Stepwise<EvolutionPoint[]> {
  const points: EvolutionPoint[] = [];
  let step = 0;
  for (const target of grid) {
    for (; step < target; step++) {
      closure.advance();
      if (!(closure.magnitude() < DIVERGED)) {
        throw new ReluctantError(
          'RUN_DIVERGED',
          `By the theory the weights diverge after ${step + 1} updates. Take a smaller step size.`,
        );
      }
      yield 1;
    }
    points.push(closure.observe(step));
  }
  return points;
}

/** The largest entry of a vector, by absolute value; NaN where there is one. */
export function largest(values: Float64Array): number {
  return values.reduce((maximum, value) => Math.max(maximum, Math.abs(value)), 0);
}

/** The largest standard deviation of a covariance, n × n. */
export function largestDeviation(covariance: Float64Array, size: number): number {
  let variance = 0;
  for (let i = 0; i < size; i++) variance = Math.max(variance, covariance[i * (size + 1)]);
  return Math.sqrt(variance);
}
