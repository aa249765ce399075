import { basename, dirname, resolve } from 'node:path';
import { ReluctantError, type RunOptions, type RunOutcome } from '@reluctant/core';
import { DEFAULT_RUNS } from './default-runs.js';
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
export function requireCompleted({ id, path, status }: RunOutcome, experiment: object): void {
  if (status === 'completed') return;
  if ('simulation' in experiment) {
    throw new ReluctantError(
      'INTERRUPTED',
      `Simulation ${id} was interrupted; its record so far is kept. A simulation has no checkpoints: run it again.`,
    );
  }
  const run = dirname(path) === resolve(DEFAULT_RUNS) ? basename(path) : quoted(path);
  throw new ReluctantError('INTERRUPTED', `Run ${id} was interrupted and saved. Go on with: reluctant resume ${run}`);
}

/** A path as one word of a command line. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
