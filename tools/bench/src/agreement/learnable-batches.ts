import { ReluctantError, type Batch } from '@reluctant/core';
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

/**
 * Batches of its test images in their order, so many images at most; all full.
 * @throws ReluctantError `USAGE` where there are fewer than two
 */
export async function testBatches(images: number, size: number): Promise<readonly Batch[]> {
  const { data } = await learnableDataset();
  const batches: Batch[] = [];
  for await (const batch of data.test.batches({ batchSize: size, seed: 1, epoch: 0, shuffle: false })) {
    if (batch.size === size && (batches.length + 1) * size <= images) batches.push(batch);
  }
  if (batches.length >= 2) return batches;
  throw new ReluctantError('USAGE', `${images} test images are fewer than two batches of ${size}: take more --images.`);
}
