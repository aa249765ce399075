import type { OnProgress } from '../on-progress.js';

/** Runs with a signal that the first Ctrl-C aborts. The second ends the process at once, as it does everywhere. */
export async function untilInterrupted<T>(
  onProgress: OnProgress,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => {
    onProgress('Finishing the step, then the report. Press Ctrl-C again to quit at once.');
    controller.abort();
  };
  process.once('SIGINT', interrupt);
  try {
    return await run(controller.signal);
  } finally {
    process.off('SIGINT', interrupt);
  }
}
