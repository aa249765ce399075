import { onInterrupt } from '../../interrupt.js';
import type { Output } from '../../output/output.js';
import { ProgressDisplay } from '../../output/progress-display.js';

/** What long work shows its progress on, and by what it learns that it shall stop. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly display: ProgressDisplay;
}

/**
 * Does work that stops early on Ctrl-C and keeps what it has.
 * @returns whether it was left to come to its end
 */
export async function whileInterruptible(output: Output, work: (watch: Watch) => Promise<void>): Promise<boolean> {
  const display = new ProgressDisplay(output);
  const interrupt = onInterrupt((text) => display.line(text), 'Stopping with what is known so far.');
  try {
    await work({ signal: interrupt.signal, display });
    return !interrupt.signal.aborted;
  } finally {
    display.stop();
    interrupt.dispose();
  }
}
