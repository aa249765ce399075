import type { Batch } from '@reluctant/core';
import { learnableDataset } from '../learnable-dataset.js';

/**
 * Batches of the learnable data set as it is, without augmentation.
 * @param count number of batches, all full
 */
export async function learnableBatches(
  count: number,
  size: number,
): Promise<{ source: string; batches: readonly Batch[] }> {
  const { kind, data } = await learnableDataset();
  const batches: Batch[] = [];
  for (let epoch = 0; batches.length < count; epoch++) {
    for await (const batch of data.train.batches({ batchSize: size, seed: 1, epoch, shuffle: true })) {
      if (batch.size === size) batches.push(batch);
      if (batches.length === count) break;
    }
  }
  return { source: kind, batches };
}
