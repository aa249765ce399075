import type { RunReader, TapSample } from '@reluctant/core';

/** The counters of a run's measurements that no reading sums up: what definitions of dead units are judged by, and maps of positions. */
export type RunSamples = readonly TapSample[];

/**
 * The samples of a run's activations at its last measurement of each site, and those of all its training batches that counted `fired`, which
 * tell how long units have been silent. Rejects with the reader's own error where the run can't be read.
 */
export async function readSamples(reader: RunReader): Promise<RunSamples> {
  const activations = (await reader.tapSamples()).filter(({ at, images }) => at === 'activation' && images > 0);
  const last = new Map<string, TapSample>();
  for (const sample of activations) {
    const before = last.get(sample.site);
    if (sample.on === 'probe-split' && sample.step >= (before?.step ?? 0)) last.set(sample.site, sample);
  }
  return activations.flatMap((sample) => {
    if (last.get(sample.site) === sample) return [sample];
    const { fired } = sample.values;
    return sample.on === 'training-step' && fired ? [{ ...sample, values: { fired } }] : [];
  });
}
