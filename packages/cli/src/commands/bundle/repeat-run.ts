import { applyOverrides, Environment, plugins, recordedExperiment, runExperiment } from '@reluctant/core';
import { compareRecords } from '../../bundle/compare-records.js';
import { formatComparison } from '../../bundle/format-comparison.js';
import { engineDifferences, environmentDifferences } from '../../bundle/tell-differences.js';
import { withBundle } from '../../bundle/with-bundle.js';
import type { Watched } from '../../live/watch-run.js';
import { formatSummary } from '../../output/format-summary.js';
import { plainText } from '../../output/plain-text.js';
import type { CommandContext } from '../command-context.js';
import { performRun } from '../perform-run.js';

/**
 * `reluctant run --from BUNDLE`: runs a bundled run's experiment again, with its seed, its engine and its data, and tells whether the
 * result is the same.
 * @param set overrides, such as where the data lie on this machine
 * @throws `RUN_CORRUPT` (a damaged bundle), `PLUGIN_UNKNOWN`, `CONFIG_INVALID` (the data is not what it was), and what runs do
 */
export async function repeatRun(
  context: CommandContext,
  file: string,
  set: readonly string[],
  watched: Watched | undefined,
): Promise<void> {
  const { container, output } = context;
  await withBundle(file, container, async ({ reader: bundled, environment }) => {
    const { manifest } = bundled.summary;
    const experiment = recordedExperiment(
      { ...manifest, config: applyOverrides(manifest.config, set) },
      plugins(container),
    );
    const notes = environmentDifferences(environment, container.get(Environment));
    for (const note of notes) output.note(plainText(note, 300));
    const { outcome, report, summary, reader } = await performRun(context, (options) =>
      runExperiment(experiment, container, { ...options, repeated: manifest }),
    );
    const reasons = [...notes, ...engineDifferences(environment, reader.summary.manifest.engine)];
    const comparison = await compareRecords(bundled, reader);
    const repeated = { run: manifest.id, reasons, ...comparison };
    output.printJson({ ...outcome, report, summary, ...(watched && { watched }), repeated });
    output.print(formatSummary(summary));
    output.print(`Record: ${outcome.path}\nReport: ${report}\n\n${formatComparison(comparison)}`);
    if (!comparison.equal && reasons.length > 0) {
      output.print(`Reasons may be:\n${reasons.map((reason) => `  ${plainText(reason, 300)}`).join('\n')}`);
    }
  });
}
