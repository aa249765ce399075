import { plugins as pluginsOf, resolveExperiment, runExperiment, RunStore, type RunReader } from '@reluctant/core';
import { summarizeRun } from '@reluctant/report';
import { formatSummary } from '../output/format-summary.js';
import { QUICKSTART_EXPERIMENTS } from '../quickstart-experiments.js';
import { requireCompleted, runWithProgress } from '../run-with-progress.js';
import { writeReport } from '../write-report.js';
import type { CommandContext } from './command-context.js';

/** `reluctant quickstart`: the main job on whatever data is at hand, ending in a table and one report of all runs. */
export async function quickstart({ container, output, runs }: CommandContext): Promise<void> {
  const store = container.get(RunStore);
  const readers: RunReader[] = [];
  for (const document of QUICKSTART_EXPERIMENTS) {
    const experiment = resolveExperiment(document, pluginsOf(container), String(document.name));
    const outcome = await runWithProgress(output, (options) => runExperiment(experiment, container, options));
    requireCompleted(outcome, experiment);
    readers.push(await store.open(outcome.path));
    if (!output.json) output.print(`${formatSummary(await summarizeRun(readers.at(-1)!))}\n`);
  }
  const written = await writeReport(readers, `${runs}/quickstart.html`);
  output.printJson({ report: written.file, runs: written.runs });
  output.print(`Report: ${written.file}\nRecords: ${runs}`);
}
