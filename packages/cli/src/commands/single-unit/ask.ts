import { runExperiment, type Experiment } from '@reluctant/core';
import { checkExperiment } from '../../load-experiment.js';
import { formatSummary } from '../../output/format-summary.js';
import { readDocument } from '../../read-document.js';
import type { CommandContext } from '../command-context.js';
import { performRun, simulationResult } from '../perform-run.js';
import { simulationDocument } from './simulation-document.js';

/** The questions that are simulations of their own kind: each keeps a record and has a report. */
export const QUESTIONS = {
  evolve: 'single-unit-evolution',
  rates: 'single-unit-rates',
  death: 'single-unit-death',
  map: 'single-unit-map',
} as const;

/** A command's body that asks one of the questions, with the file's options or, without a file, with the defaults. */
export function ask(question: keyof typeof QUESTIONS) {
  return async (
    context: CommandContext,
    file: string | undefined,
    options: { readonly set: readonly string[] },
  ): Promise<void> => {
    const kind = QUESTIONS[question];
    const source = file ?? kind;
    const document = simulationDocument(file ? await readDocument(file) : {}, kind, options.set, source);
    await runAndPrint(context, await checkExperiment(document, source, context.container));
  };
}

/** Runs a simulation and prints its result: with `--json` what it published for programs, with where the record is. */
export async function runAndPrint(context: CommandContext, experiment: Experiment): Promise<void> {
  const { output, container } = context;
  const { outcome, report, summary, reader } = await performRun(context, (options) =>
    runExperiment(experiment, container, options),
  );
  if (output.json) output.printJson({ ...((await simulationResult(reader)) as object), run: outcome, report });
  output.print(`${formatSummary(summary)}\nRecord: ${outcome.path}\nReport: ${report}`);
}
