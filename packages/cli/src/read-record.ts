import { RunStore, type RunReader } from '@reluctant/core';
import type { CommandContext } from './commands/command-context.js';
import { ProgressDisplay } from './output/progress-display.js';

/** Opens a run and works on its record, and says so while that lasts: a long run's counters take a while to read. */
export async function readRecord<T>(
  { container, output }: CommandContext,
  run: string,
  body: (reader: RunReader) => Promise<T>,
): Promise<T> {
  const display = new ProgressDisplay(output);
  display.preparing('Reading the record');
  try {
    return await body(await container.get(RunStore).open(run));
  } finally {
    display.stop();
  }
}
