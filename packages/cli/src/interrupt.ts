import { ReluctantError } from '@reluctant/core';

/**
 * A signal that the first Ctrl-C (or SIGTERM) aborts, so that the step under way is finished and saved. The second ends the
 * process at once.
 * @param what is being done about the first
 */
export function onInterrupt(
  tell: (text: string) => void,
  what = 'Finishing the step and saving.',
): {
  readonly signal: AbortSignal;
  readonly dispose: () => void;
} {
  const controller = new AbortController();
  const handle = () => {
    if (controller.signal.aborted) process.exit(130);
    tell(`${what} Press Ctrl-C again to quit at once.`);
    controller.abort(new ReluctantError('INTERRUPTED', 'Interrupted before anything was kept.'));
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return {
    signal: controller.signal,
    dispose() {
      process.off('SIGINT', handle);
      process.off('SIGTERM', handle);
    },
  };
}
