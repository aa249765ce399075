import type { RunReader, TapSample } from '@reluctant/core';

/** The counters of a run's measurements that no reading sums up: what definitions of dead units are judged by, and maps of positions. */
export type RunSamples = readonly TapSample[];

/** The last may be half a measurement, of a run that was killed between two sites. */
const MEASUREMENTS = 2;

/**
 * The samples of a run's activations at the last two measurements of each site, and before them those of all its training batches that
 * counted `fired`, without the rest: they tell how long units have been silent. Rejects with the reader's own error where the run can't
 * be read.
 */
export async function readSamples(reader: RunReader): Promise<RunSamples> {
  const training: TapSample[] = [];
  const last = new Map<string, readonly TapSample[]>();
  // One by one: of a long run of a large network there are more than memory holds.
  for await (const { sample } of reader.events('tap.sampled')) {
    if (sample.at !== 'activation' || sample.images === 0) continue;
    const { fired } = sample.values;
    if (sample.on === 'probe-split')
      last.set(sample.site, [...(last.get(sample.site) ?? []), sample].slice(-MEASUREMENTS));
    else if (fired) training.push({ ...sample, values: { fired } });
  }
  return [...training, ...[...last.values()].flat()];
}
