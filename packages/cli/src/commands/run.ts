import { runExperiment, resumeExperiment, type RunOptions, type RunOutcome } from '@reluctant/core';
import { loadExperiment } from '../load-experiment.js';
import { formatSummary } from '../output/format-summary.js';
import type { CommandContext } from './command-context.js';
import { performRun } from './perform-run.js';

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
  const { output } = context;
  const { outcome, report, summary } = await performRun(context, start);
  output.printJson({ ...outcome, report, summary });
  output.print(formatSummary(summary));
  output.print(`Record: ${outcome.path}\nReport: ${report}`);
}
