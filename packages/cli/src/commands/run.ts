import { runExperiment, resumeExperiment, RunStore, type RunOptions, type RunOutcome } from '@reluctant/core';
import { summarizeRun } from '@reluctant/report';
import { loadExperiment } from '../load-experiment.js';
import { requireCompleted, runWithProgress } from '../run-with-progress.js';
import { writeReport } from '../write-report.js';
import { formatSummary } from '../output/format-summary.js';
import type { CommandContext } from './command-context.js';

/** `reluctant run FILE`: runs an experiment from the beginning. */
export function run(
  context: CommandContext,
  file: string,
  options: { readonly set: readonly string[] },
): Promise<void> {
  return perform(context, async (runOptions) =>
    runExperiment(await loadExperiment(file, options.set, context.container), context.container, runOptions),
  );
}

/** `reluctant resume RUN`: goes on with an interrupted or killed run. */
export function resume(context: CommandContext, id: string): Promise<void> {
  return perform(context, (runOptions) => resumeExperiment(id, context.container, runOptions));
}

async function perform(context: CommandContext, start: (options: RunOptions) => Promise<RunOutcome>): Promise<void> {
  const { container, output } = context;
  const outcome = await runWithProgress(output, start);
  // By its path: a run that was resumed by path need not lie where `--runs` says.
  const reader = await container.get(RunStore).open(outcome.path);
  requireCompleted(outcome, reader.summary.manifest.config);
  const report = await writeReport([reader]);
  const summary = await summarizeRun(reader);
  output.printJson({ ...outcome, report, summary });
  output.print(formatSummary(summary));
  output.print(`Record: ${outcome.path}\nReport: ${report}`);
}
