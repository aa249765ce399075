import type { RunReader, TapSample } from '@reluctant/core';

/** The counters of a run's measurements that no reading sums up: what definitions of dead units are judged by, and maps of positions. */
export type RunSamples = readonly TapSample[];

/**
 * The samples of a run's activations at its last measurement of each site, and those of all its training batches that counted `fired`, which
 * tell how long units have been silent. Rejects with the reader's own error where the run can't be read.
 */
export async function readSamples(reader: RunReader): Promise<RunSamples> {
  const last = new Map<string, TapSample>();
  const training: TapSample[] = [];
  // One by one, as all counters of a long run may not fit into memory.
  for await (const { sample } of reader.events('tap.sampled')) {
    if (sample.at !== 'activation' || sample.images === 0) continue;
    const { fired } = sample.values;
    if (sample.on === 'training-step') training.push(...(fired ? [{ ...sample, values: { fired } }] : []));
    else if (sample.step >= (last.get(sample.site)?.step ?? 0)) last.set(sample.site, sample);
  }
  return [...training, ...last.values()];
}
