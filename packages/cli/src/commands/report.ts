import { RunStore } from '@reluctant/core';
import { summarizeRun } from '@reluctant/report';
import { writeReport } from '../write-report.js';
import type { CommandContext } from './command-context.js';

/** `reluctant report RUN…`: one self-contained HTML file about one or more runs, finished or not. */
export async function report(
  { container, output }: CommandContext,
  runs: readonly string[],
  options: { readonly out?: string },
): Promise<void> {
  const store = container.get(RunStore);
  const readers = await Promise.all(runs.map((run) => store.open(run)));
  const file = await writeReport(readers, options.out);
  if (output.json) output.printJson({ report: file, runs: await Promise.all(readers.map(summarizeRun)) });
  output.print(file);
}
