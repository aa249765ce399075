import { ReluctantError } from '@reluctant/core';

/** Throws `INTERRUPTED` where the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined, during: string): void {
  if (signal?.aborted)
    throw new ReluctantError('INTERRUPTED', `Interrupted while ${during}.`, { cause: signal.reason });
}
