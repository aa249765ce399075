import { complete, type Stepwise } from './stepwise.js';

/**
 * Where `f` changes its sign between `low` and `high`, by bisection: to within `tolerance`, or to the last bit.
 *
 * @param f of opposite signs at `low` and `high`; where it isn't, the result is one of the two
 */
export function bisect(f: (x: number) => number, low: number, high: number, tolerance?: number): number {
  const inSteps = function* (x: number) {
    return f(x);
  };
  return complete(bisectInSteps(inSteps, low, high, tolerance));
}

/** `bisect` for a function that takes its time, yielding what that yields. */
export function* bisectInSteps(
  f: (x: number) => Stepwise<number>,
  low: number,
  high: number,
  tolerance = 0,
): Stepwise<number> {
  const sign = Math.sign(yield* f(low));
  while (Math.abs(high - low) > tolerance) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (Math.sign(yield* f(middle)) === sign) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}
