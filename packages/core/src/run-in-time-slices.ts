const SLICE_MILLISECONDS = 30;

/** When the event loop last had its turn. It is one and the same for all work, of which many pieces may be short. */
let lastTurn = performance.now();

/**
 * Runs a generator to its end, without keeping the event loop for longer than about `milliseconds` at a time, so that timers,
 * signals and sockets get their turn. Every value goes to `onValue`.
 *
 * @returns what the generator returns
 * @throws the signal's reason, at the next turn after it was aborted; the generator is closed then
 */
export async function runInTimeSlices<T, R>(
  work: Generator<T, R, undefined>,
  {
    signal,
    onValue,
    milliseconds = SLICE_MILLISECONDS,
  }: { readonly signal?: AbortSignal; onValue?(value: T): void; readonly milliseconds?: number } = {},
): Promise<R> {
  try {
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      onValue?.(value);
      if (performance.now() - lastTurn < milliseconds) continue;
      await new Promise((resolve) => setImmediate(resolve));
      lastTurn = performance.now();
      signal?.throwIfAborted();
    }
  } finally {
    work.return(undefined as never);
  }
}
