import { recordedCheckpoint, RunStore, withRecordedNetwork, withUnitMasks } from '@reluctant/core';
import { ablate as ablateUnits, ablationPasses, drawLiveUnits, type UnitSelection } from '@reluctant/probes';
import { workWithProgress } from '../../run-with-progress.js';
import type { CommandContext } from '../command-context.js';
import type { AblateOptions } from './ablate-options.js';
import { formatAblation } from './format-ablation.js';
import { predictWithout } from './predict-without.js';
import { selectUnits } from './select-units.js';

/** `reluctant ablate RUN`: takes units of a recorded network away and tells what that changes. Nothing is recorded. */
export async function ablate(
  { container, output }: CommandContext,
  run: string,
  options: AblateOptions,
): Promise<void> {
  const reader = await container.get(RunStore).open(run);
  const checkpoint = await recordedCheckpoint(reader);
  const selected = await selectUnits(reader, checkpoint.step, options);
  const { flagged, live } = selected;
  const random = drawLiveUnits(flagged, live, { sets: options.random, seed: options.seed });
  const transform = (network: Parameters<typeof withUnitMasks>[0]) => withUnitMasks(network, [...flagged.keys()]);

  const result =
    flagged.size === 0
      ? { whole: [], scopes: [] }
      : await workWithProgress(output, 'ablation', (work) =>
          withRecordedNetwork(reader.summary, checkpoint, container, { ...work, transform }, async (recorded) => {
            const { experiment, dataset } = recorded;
            const splits = splitsOf(options.split, dataset.probe === dataset.test);
            const size = (split: string) => (split === 'probe' ? dataset.probe : dataset.test).size;
            const total = ablationPasses({ flagged, random }) * splits.reduce((sum, split) => sum + size(split), 0);
            let done = 0;
            const predict = await predictWithout(recorded, {
              batchSize: experiment.measurement.batchSize,
              seed: experiment.seed,
              signal: work.signal,
              onImages: (images) => work.onProgress(`${(done += images)} of ${total} images`, done, total),
            });
            const { labelSmoothing } = experiment.training;
            return ablateUnits({ flagged, random, splits, labelSmoothing, confidence: options.confidence }, predict);
          }),
        );

  const { id, manifest } = reader.summary;
  const asked = {
    run: id,
    step: checkpoint.step,
    definition: options.units ? null : options.definition,
    measured: { step: selected.step, images: selected.images },
    confidence: options.confidence,
    seed: options.seed,
  };
  output.printJson({ ...asked, units: toRecord(flagged), random: random.map(toRecord), ...result });
  output.print(formatAblation({ ...asked, name: manifest.name, flagged, result, sets: random.length }));
}

/** A data set may measure on its test split. */
function splitsOf(split: AblateOptions['split'], same: boolean): readonly string[] {
  if (split !== 'both') return [split];
  return same ? ['test'] : ['probe', 'test'];
}

function toRecord(selection: UnitSelection): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(selection);
}
