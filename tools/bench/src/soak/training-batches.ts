import type { Batch, Split } from '@reluctant/core';

/** Hands batches on: as they are, or produced ahead. */
type Delivery = (batches: AsyncIterable<Batch>) => AsyncIterable<Batch>;

/** The batches of a run: epoch after epoch without an end, each in an order of its own, the last of each as small as it is. */
export async function* trainingBatches(
  split: Split,
  batchSize: number,
  deliver: Delivery,
): AsyncGenerator<Batch, never, undefined> {
  for (let epoch = 0; ; epoch++) yield* deliver(split.batches({ batchSize, seed: 1, epoch, shuffle: true }));
}

/** The smaller batch at an epoch's end; `undefined` where all are full. */
export async function partialBatch(split: Split, batchSize: number): Promise<Batch | undefined> {
  const skip = Math.floor(split.size / batchSize);
  for await (const batch of split.batches({ batchSize, seed: 1, epoch: 0, shuffle: true, skip })) return batch;
  return undefined;
}
