/**
 * Keeps a process from ending in the middle of a step: Node stops its threads when it exits, and one that is stopped inside
 * ONNX Runtime aborts the process (SIGABRT instead of the exit code). Shared by the thread that works and the one that started it.
 */
export type WorkGuard = Int32Array<SharedArrayBuffer>;

const IDLE = 0;
const BUSY = 1;
const ENDING = 2;

/** Where it says which of them it is, and where whether the end is waited for. */
const STATE = 0;
const AWAITED = 1;

export function createWorkGuard(): WorkGuard {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

/** For the thread that works: does `work`, unless the process is ending, in which case it never goes on. */
export async function guarded<T>(guard: WorkGuard, work: () => Promise<T>): Promise<T> {
  if (Atomics.compareExchange(guard, STATE, IDLE, BUSY) === ENDING) await new Promise(() => undefined);
  try {
    return await work();
  } finally {
    pass(guard);
  }
}

/** For the thread that works, inside of long work: a place from which it does not go on where the process is to end. */
export async function pauseWork(guard: WorkGuard): Promise<void> {
  if (Atomics.load(guard, AWAITED) === 0) return;
  pass(guard);
  await new Promise(() => undefined);
}

function pass(guard: WorkGuard): void {
  Atomics.store(guard, STATE, IDLE);
  Atomics.notify(guard, STATE);
}

/** For the thread that ends the process: blocks until the work under way is done or pauses; none begins after that. */
export function endWork(guard: WorkGuard): void {
  Atomics.store(guard, AWAITED, 1);
  while (Atomics.compareExchange(guard, STATE, IDLE, ENDING) === BUSY) Atomics.wait(guard, STATE, BUSY);
}
