/** Unit roundoff of IEEE float32, rounding to nearest. */
const ROUNDOFF = 2 ** -24;

/** Our own sums, in float64, err 2²⁹ times less than what they allow for: this covers them. */
const OWN_ERRORS = 1.001;

/** What flushing one result to zero loses at most. */
const UNDERFLOW = 2 ** -126;

/** Beyond this, sums in float32 may have become infinite on their way. */
const LARGEST = 2 ** 100;

/**
 * γₙ = n·u/(1 − n·u), the relative error of each term that goes through `operations` roundings in float32, in whatever order the terms
 * are summed and with or without fused multiply-add (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., lemmas 3.1, 8.4).
 */
export function relativeError(operations: number): number {
  return (OWN_ERRORS * operations * ROUNDOFF) / (1 - operations * ROUNDOFF);
}

export function roundDown(value: number, error: number): number {
  return value - error * Math.abs(value);
}

export function roundUp(value: number, error: number): number {
  return value + error * Math.abs(value);
}

/** What underflows of `operations` results add up to; a sum of zeros has none. */
export function underflow(sum: number, operations: number): number {
  return sum === 0 ? 0 : operations * UNDERFLOW;
}

/** NaN for a bound so large that float32 may have overflowed. */
export function withinFloat32(value: number): number {
  return Math.abs(value) <= LARGEST ? value : NaN;
}
