/**
 * Gives what `source` gives, in its order, and has the next item produced while the consumer works on the present one. Each item
 * is begun in a turn of the event loop of its own: after the consumer has sent off its work, and so that signals and timers have
 * their turn between two items even where the consumer blocks.
 *
 * What the source throws is thrown when its item is asked for. A consumer that leaves early closes the source, once the item
 * under way is produced.
 */
export async function* prefetch<T>(source: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let ended = false;
  const produce = () => {
    const item = new Promise((resolve) => setImmediate(resolve))
      .then(() => iterator.next())
      .then(
        (result) => {
          ended = result.done === true;
          return result;
        },
        (error: unknown) => {
          ended = true;
          throw error;
        },
      );
    // It may fail before it is asked for: Node would take that for a failure that nobody hears of.
    item.catch(() => undefined);
    return item;
  };

  let next = produce();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = produce();
      yield value;
    }
  } finally {
    await Promise.allSettled([next]);
    if (!ended) await iterator.return?.();
  }
}
