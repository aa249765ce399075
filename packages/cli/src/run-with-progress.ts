import { ReluctantError, type RunOptions, type RunOutcome } from '@reluctant/core';
import { onInterrupt } from './interrupt.js';
import type { Output } from './output/output.js';
import { ProgressDisplay } from './output/progress-display.js';

/** Runs something that trains or simulates, with its progress shown and Ctrl-C taken care of. */
export async function runWithProgress<T>(output: Output, body: (options: RunOptions) => Promise<T>): Promise<T> {
  const display = new ProgressDisplay(output);
  const interrupt = onInterrupt((text) => display.line(text));
  try {
    return await body({
      signal: interrupt.signal,
      onPreparation: ({ label, done, total }) => display.preparing(label, done, total),
      onStart: (bus, manifest) => display.follow(bus, manifest),
    });
  } finally {
    display.stop();
    interrupt.dispose();
  }
}

/** @throws `INTERRUPTED` saying how to go on, unless the run was completed */
export function requireCompleted({ id, status }: RunOutcome): void {
  if (status === 'completed') return;
  throw new ReluctantError('INTERRUPTED', `Run ${id} was interrupted and saved. Go on with: reluctant resume ${id}`);
}
