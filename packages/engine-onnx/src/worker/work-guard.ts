/**
 * Keeps a process from ending in the middle of a step: Node stops its threads when it exits, and one that is stopped inside
 * ONNX Runtime aborts the process (SIGABRT instead of the exit code). Shared by the thread that works and the one that started it.
 */
export type WorkGuard = Int32Array<SharedArrayBuffer>;

const IDLE = 0;
const BUSY = 1;
const ENDING = 2;

export function createWorkGuard(): WorkGuard {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** For the thread that works: does `work`, unless the process is ending, in which case it never goes on. */
export async function guarded<T>(guard: WorkGuard, work: () => Promise<T>): Promise<T> {
  if (Atomics.compareExchange(guard, 0, IDLE, BUSY) === ENDING) await new Promise(() => undefined);
  try {
    return await work();
  } finally {
    Atomics.store(guard, 0, IDLE);
    Atomics.notify(guard, 0);
  }
}

/** For the thread that ends the process: blocks until the work under way is done; none begins after that. */
export function endWork(guard: WorkGuard): void {
  while (Atomics.compareExchange(guard, 0, IDLE, ENDING) === BUSY) Atomics.wait(guard, 0, BUSY);
}
