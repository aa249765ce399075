import { basename, dirname, resolve } from 'node:path';
import { ReluctantError, type PreparationOptions, type RunOptions, type RunOutcome } from '@reluctant/core';
import { DEFAULT_RUNS } from './default-runs.js';
import { onInterrupt } from './interrupt.js';
import type { Output } from './output/output.js';
import { ProgressDisplay } from './output/progress-display.js';

/** What long work shows its progress on, and by what it learns that it shall stop. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly display: ProgressDisplay;
}

/**
 * Does long work with a display, which is cleared at its end, and with Ctrl-C as a signal.
 * @param told what is said on the first Ctrl-C
 */
export async function whileWatched<T>(
  output: Output,
  told: string | undefined,
  body: (watch: Watch) => Promise<T>,
): Promise<T> {
  const display = new ProgressDisplay(output);
  const interrupt = onInterrupt((text) => display.line(text), told);
  try {
    return await body({ signal: interrupt.signal, display });
  } finally {
    display.stop();
    interrupt.dispose();
  }
}

/** Runs something that trains or simulates, with its progress shown and Ctrl-C taken care of. */
export async function runWithProgress<T>(output: Output, body: (options: RunOptions) => Promise<T>): Promise<T> {
  return whileWatched(output, undefined, ({ signal, display }) =>
    body({
      signal,
      onPreparation: ({ label, done, total }) => display.preparing(label, done, total),
      onStart: (bus, manifest) => display.follow(bus, manifest),
    }),
  );
}

export interface Work extends Required<PreparationOptions> {
  /** Tells how far the work is. */
  readonly onProgress: (label: string, done: number, total: number) => void;
}

/** Does something of which no record is kept, with its progress shown. Ctrl-C aborts the signal, whose reason is to be thrown. */
export async function workWithProgress<T>(output: Output, name: string, body: (work: Work) => Promise<T>): Promise<T> {
  return whileWatched(output, 'Finishing the batch.', ({ signal, display }) =>
    body({
      signal,
      onPreparation: ({ label, done, total }) => display.preparing(label, done, total),
      onProgress: display.track(name),
    }),
  );
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
