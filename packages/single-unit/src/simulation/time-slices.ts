import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Runs a generator to its end without keeping the event loop for longer than about `milliseconds` at a time, so that timers,
 * signals and sockets get their turn. Every value goes to `onValue`; `onPause` is called before each turn is given away.
 * Rejects with the signal's reason when aborted.
 */
export async function runInTimeSlices<T>(
  work: Iterable<T>,
  options: {
    readonly milliseconds: number;
    readonly signal?: AbortSignal;
    onValue(value: T): void;
    onPause(): void;
  },
): Promise<void> {
  let resumed = performance.now();
  for (const value of work) {
    options.onValue(value);
    if (performance.now() - resumed < options.milliseconds) continue;
    options.onPause();
    await nextTurn();
    options.signal?.throwIfAborted();
    resumed = performance.now();
  }
}
