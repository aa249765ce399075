let last: Promise<unknown> = Promise.resolve();

/** Does `work` when all that was given here before is done: two that measure side by side would measure each other. */
export function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const result = last.then(work);
  // Its failure is its caller's.
  last = result.catch(() => undefined);
  return result;
}
