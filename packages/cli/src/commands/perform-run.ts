import { RunStore, type JsonValue, type RunOptions, type RunOutcome, type RunReader } from '@reluctant/core';
import type { RunReport } from '@reluctant/report';
import { requireCompleted, runWithProgress } from '../run-with-progress.js';
import { writeReport } from '../write-report.js';
import type { CommandContext } from './command-context.js';

/** A run that is completed and reported. */
export interface PerformedRun {
  readonly outcome: RunOutcome;
  /** Path of the report. */
  readonly report: string;
  readonly summary: RunReport;
  readonly reader: RunReader;
}

/**
 * Runs something with its progress shown, and writes its report.
 * @throws `INTERRUPTED` where it was not completed
 */
export async function performRun(
  { container, output }: CommandContext,
  start: (options: RunOptions) => Promise<RunOutcome>,
): Promise<PerformedRun> {
  const outcome = await runWithProgress(output, start);
  // By its path: a run that was resumed by path need not lie where `--runs` says.
  const reader = await container.get(RunStore).open(outcome.path);
  requireCompleted(outcome, reader.summary.manifest.config);
  const { file, runs } = await writeReport([reader]);
  return { outcome, report: file, summary: runs[0], reader };
}

/** What a simulation published for programs, the last of it; undefined where there was nothing. */
export async function simulationResult(reader: RunReader): Promise<JsonValue | undefined> {
  let result: JsonValue | undefined;
  for await (const event of reader.events('simulation.result')) result = event.result;
  return result;
}
