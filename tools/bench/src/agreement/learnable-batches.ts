import type { Batch, LoadedDataset } from '@reluctant/core';
import { cifar10, textures } from '@reluctant/datasets';

/**
 * Images that a network learns from: CIFAR-10 where `RELUCTANT_CIFAR10` names its folder, otherwise drawn textures.
 * @param count number of batches, all full
 */
export async function learnableBatches(
  count: number,
  size: number,
): Promise<{ source: string; batches: readonly Batch[] }> {
  const { kind, data } = await load();
  const batches: Batch[] = [];
  for (let epoch = 0; batches.length < count; epoch++) {
    for await (const batch of data.train.batches({ batchSize: size, seed: 1, epoch, shuffle: true })) {
      // Buffers may be used again by the data set.
      if (batch.size === size) batches.push({ size, x: batch.x.slice(), y: batch.y.slice() });
      if (batches.length === count) break;
    }
  }
  return { source: kind, batches };
}

async function load(): Promise<{ kind: string; data: LoadedDataset }> {
  const dataset = process.env.RELUCTANT_CIFAR10 ? cifar10 : textures;
  const data =
    dataset === cifar10
      ? await cifar10.load(cifar10.options.parse({ download: false }), { seed: 1 })
      : await textures.load(textures.options.parse({}), { seed: 1 });
  return { kind: dataset.kind, data };
}
