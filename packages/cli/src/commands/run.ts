import { dirname, resolve } from 'node:path';
import { runExperiment, resumeExperiment, type RunOptions, type RunOutcome } from '@reluctant/core';
import { watchRun, type Watched, type WatchOptions } from '../live/watch-run.js';
import { loadExperiment } from '../load-experiment.js';
import { formatSummary } from '../output/format-summary.js';
import type { CommandContext } from './command-context.js';
import { performRun } from './perform-run.js';

/** `reluctant run FILE`: runs an experiment from the beginning. */
export function run(
  context: CommandContext,
  file: string,
  options: WatchOptions & { readonly set: readonly string[] },
): Promise<void> {
  return watchRun(context, context.runs, options, (watched) =>
    perform(context, watched, async (runOptions) =>
      runExperiment(await loadExperiment(file, options.set, context.container), context.container, runOptions),
    ),
  );
}

/** `reluctant resume RUN`: goes on with an interrupted or killed run. */
export function resume(context: CommandContext, id: string, options: WatchOptions): Promise<void> {
  const folder = /[\\/]/.test(id) ? dirname(resolve(id)) : context.runs;
  return watchRun(context, folder, options, (watched) =>
    perform(context, watched, (runOptions) => resumeExperiment(id, context.container, runOptions)),
  );
}

async function perform(
  context: CommandContext,
  watched: Watched | undefined,
  start: (options: RunOptions) => Promise<RunOutcome>,
): Promise<void> {
  const { output } = context;
  const { outcome, report, summary } = await performRun(context, start);
  output.printJson({ ...outcome, report, summary, ...(watched && { watched }) });
  output.print(formatSummary(summary));
  output.print(`Record: ${outcome.path}\nReport: ${report}`);
}
