/**
 * Where `f` changes its sign between `low` and `high`, by bisection: to within `tolerance`, or to the last bit.
 *
 * @param f of opposite signs at `low` and `high`; where it isn't, the result is one of the two
 */
export function bisect(f: (x: number) => number, low: number, high: number, tolerance = 0): number {
  const sign = Math.sign(f(low));
  while (Math.abs(high - low) > tolerance) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (Math.sign(f(middle)) === sign) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}
