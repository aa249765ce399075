import { bisect } from '../../numerics/bisect.js';
import { complete, type Stepwise } from '../../numerics/stepwise.js';
import { meanFieldFlow } from '../evolution/mean-field-flow.js';
import { squaredError } from '../squared-error.js';
import type { TheoryModel } from '../theory-model.js';

/** Good for shares down to about 1e-12; the limit of small steps is not good for so much. */
const TOLERANCES = { relative: 1e-8, absolute: 1e-10 };

/**
 * The times τ = μk at which the excess squared error of the mean field, in the limit of small steps, first falls to the given shares
 * of E[g(t)²], the error of a silent unit; undefined for those that it does not fall to within the horizon.
 *
 * @param shares decreasing, e.g. 1e-3 for −30 dB
 */
export function convergenceTimes(
  model: TheoryModel,
  start: Float64Array,
  shares: readonly number[],
  horizon: number,
): (number | undefined)[] {
  return complete(convergenceTimesInSteps(model, start, shares, horizon));
}

/** `convergenceTimes`, yielding the time that every step of the flow covered. */
export function* convergenceTimesInSteps(
  model: TheoryModel,
  start: Float64Array,
  shares: readonly number[],
  horizon: number,
): Stepwise<(number | undefined)[]> {
  const times: (number | undefined)[] = shares.map(() => undefined);
  const silent = squaredError(model, new Float64Array(start.length)).excess;
  const share = (weights: Float64Array) => squaredError(model, weights).excess / silent;
  let next = 0;
  for (; next < shares.length && share(start) <= shares[next]; next++) times[next] = 0;
  if (next === shares.length) return times;
  for (const step of meanFieldFlow(model, start, horizon, TOLERANCES)) {
    for (const end = share(step.stateAt(step.end)); end <= shares[next]; next++) {
      times[next] = bisect((time) => share(step.stateAt(time)) - shares[next], step.start, step.end);
    }
    if (next === shares.length) break;
    yield step.end - step.start;
  }
  return times;
}
