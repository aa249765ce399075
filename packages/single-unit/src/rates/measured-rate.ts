/** −30 and −50 dB of the error of a silent unit: between them the slowest mode alone is left. */
export const SHARES = [1e-3, 1e-5] as const;

/**
 * Time constant of the weights from the times at which the excess squared error falls to both of `SHARES`: the error falls twice as
 * fast as the weights' distance to the optimum.
 */
export function timeConstantBetween([early, late]: readonly [number, number]): number {
  return (2 * (late - early)) / Math.log(SHARES[0] / SHARES[1]);
}

/**
 * The first time at which a positive curve falls to a level, its logarithm being linear between points; undefined where it doesn't.
 *
 * @param times increasing
 */
export function fallTime(times: readonly number[], values: ArrayLike<number>, level: number): number | undefined {
  const at = times.findIndex((_, i) => values[i] <= level);
  if (at <= 0) return at === 0 ? times[0] : undefined;
  const [before, after] = [Math.log(values[at - 1]), Math.log(values[at])];
  const share = after > -Infinity ? (before - Math.log(level)) / (before - after) : 1;
  return times[at - 1] + share * (times[at] - times[at - 1]);
}
