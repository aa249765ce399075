import { bisect } from '../../numerics/bisect.js';
import { dormandPrince, type DenseStep, type Tolerances } from '../../numerics/dormand-prince.js';
import { drift } from '../drift/drift.js';
import type { TheoryModel } from '../theory-model.js';

/** What is tolerated of the error of a step, per weight. */
export const FLOW_TOLERANCES: Tolerances = { relative: 1e-9, absolute: 1e-12 };

/** A time τ = μk in the limit of small steps, with the mean weights then. */
export interface FlowPoint {
  readonly time: number;
  readonly weights: Float64Array;
}

/**
 * The limit of small steps, dw/dτ = h(w) in the time τ = μk: the gradient flow on the mean squared error, for `backprop` and
 * `leaky`. Steps of the solution from `start` on, up to `end` (Infinity: for as long as they are asked for).
 *
 * @throws ReluctantError `RUN_DIVERGED` where the solution ends
 */
export function meanFieldFlow(
  model: TheoryModel,
  start: Float64Array,
  end: number,
  tolerances: Tolerances = FLOW_TOLERANCES,
): Generator<DenseStep, void, undefined> {
  const derivative = (_: number, weights: Float64Array, slope: Float64Array) => slope.set(drift(model, weights));
  return dormandPrince(derivative, { time: 0, state: start }, end, tolerances);
}

/**
 * The mean weights at the given times.
 *
 * @param times increasing, from 0 on
 */
export function flowAt(steps: Iterable<DenseStep>, start: Float64Array, times: readonly number[]): FlowPoint[] {
  const points: FlowPoint[] = [];
  const remaining = [...times];
  while (remaining[0] === 0) points.push({ time: remaining.shift()!, weights: Float64Array.from(start) });
  if (remaining.length === 0) return points;
  for (const step of steps) {
    while (remaining[0] <= step.end) {
      const time = remaining.shift()!;
      points.push({ time, weights: step.stateAt(time) });
    }
    if (remaining.length === 0) break;
  }
  return points;
}

/**
 * Where a function of the weights first changes its sign at the end of a step; undefined where it keeps it to the end.
 *
 * @param event positive or negative, continuous along the solution
 */
export function firstCrossing(
  steps: Iterable<DenseStep>,
  start: Float64Array,
  event: (weights: Float64Array) => number,
): FlowPoint | undefined {
  const sign = Math.sign(event(start));
  for (const step of steps) {
    if (Math.sign(event(step.stateAt(step.end))) === sign) continue;
    const time = bisect((time) => event(step.stateAt(time)), step.start, step.end);
    return { time, weights: step.stateAt(time) };
  }
  return undefined;
}
