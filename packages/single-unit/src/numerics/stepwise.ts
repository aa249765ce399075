/**
 * A long computation in steps, between which the caller may do something else, or give up. It yields how much it has done since it
 * last yielded, in a unit that it says (0 where there is nothing to count), and returns its result.
 */
export type Stepwise<T> = Generator<number, T, undefined>;

/** Computes in one go. */
export function complete<T>(work: Stepwise<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
