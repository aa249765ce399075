import { dirname, resolve } from 'node:path';
import { ReluctantError, runExperiment, resumeExperiment, type RunOptions, type RunOutcome } from '@reluctant/core';
import { watchRun, type Watched, type WatchOptions } from '../live/watch-run.js';
import { loadExperiment } from '../load-experiment.js';
import { formatSummary } from '../output/format-summary.js';
import { repeatRun } from './bundle/repeat-run.js';
import type { CommandContext } from './command-context.js';
import { performRun } from './perform-run.js';

export type RunCommandOptions = WatchOptions & { readonly set: readonly string[]; readonly from?: string };

/** `reluctant run FILE`: runs an experiment from the beginning. `reluctant run --from BUNDLE` repeats one. */
export async function run(
  context: CommandContext,
  file: string | undefined,
  options: RunCommandOptions,
): Promise<void> {
  const { container, runs } = context;
  const { from, set } = options;
  if (from !== undefined && file === undefined) {
    return watchRun(context, runs, options, (watched) => repeatRun(context, from, set, watched));
  }
  if (from !== undefined || file === undefined) {
    throw new ReluctantError('USAGE', 'Give either an experiment file or --from with a bundle.');
  }
  return watchRun(context, runs, options, (watched) =>
    perform(context, watched, async (runOptions) =>
      runExperiment(await loadExperiment(file, set, container), container, runOptions),
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
