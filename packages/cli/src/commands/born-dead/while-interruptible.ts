import type { Output } from '../../output/output.js';
import { whileWatched, type Watch } from '../../run-with-progress.js';

/**
 * Does work that stops early on Ctrl-C and keeps what it has.
 * @returns whether it was left to come to its end
 */
export async function whileInterruptible(output: Output, work: (watch: Watch) => Promise<void>): Promise<boolean> {
  return whileWatched(output, 'Stopping with what is known so far.', async (watch) => {
    await work(watch);
    return !watch.signal.aborted;
  });
}
