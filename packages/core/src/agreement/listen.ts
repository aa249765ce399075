/** When the units of a site fired last, as far as windows of training batches tell. */
export interface Heard {
  /** Per unit: the step at which the last window ended in which it fired; 0 where there was none. Empty before the first window. */
  readonly lastFired: readonly number[];
  /** Where the last window ended, and how many steps it covers: the shortest time for which silence can be told. */
  readonly step: number;
  readonly granularity: number;
}

export const UNHEARD: Heard = { lastFired: [], step: 0, granularity: 0 };

/**
 * What is known after one more window. Within a window nothing is known of when a unit fired last, so that it may have fired at its
 * very end: no unit is said to be silent for longer than it was.
 * @param fired per unit: elements above zero in the window, which begins where the one before ended
 * @param step where it ends
 */
export function listen(before: Heard, fired: ArrayLike<number>, step: number): Heard {
  const lastFired = Array.from(fired, (elements, unit) => (elements > 0 ? step : (before.lastFired[unit] ?? 0)));
  return { lastFired, step, granularity: step - before.step };
}

/** Per unit: a lower bound on the steps in which it has not fired, up to the end of the last window. */
export function stepsSilent({ lastFired, step }: Heard): readonly number[] {
  return lastFired.map((last) => step - last);
}
