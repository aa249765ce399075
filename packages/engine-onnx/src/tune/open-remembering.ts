import type { Session, TuningKey, TuningMemory } from '@reluctant/core';
import { oneAtATime } from './one-at-a-time.js';
import type { TunedSession } from './tuned-session.js';
import { readTuning, writeTuning, type Tuning } from './tuning.js';

/**
 * Opens a session by what is remembered, and remembers what it measured where that was nothing.
 *
 * @param open opens a session by a tuning that is known, or tunes first
 * @throws what `open` throws, and `STORE_FAILED` where its tuning can't be remembered; nothing stays open then
 */
export function openRemembering<S extends Session>(
  memory: TuningMemory,
  key: TuningKey,
  open: (known: Tuning | undefined) => Promise<TunedSession<S>>,
): Promise<TunedSession<S>> {
  return oneAtATime(async () => {
    const value = await memory.recall(key);
    const known = value === undefined ? undefined : readTuning(value);
    const opened = await open(known);
    if (known !== undefined || opened.tuning === undefined) return opened;
    try {
      await memory.remember(key, writeTuning(opened.tuning));
      return opened;
    } catch (error) {
      await opened.session.close();
      throw error;
    }
  });
}
