import type { Split } from '../dataset/dataset.js';
import { prefetch } from '../dataset/prefetch.js';
import type { Session } from '../engine/engine.js';
import type { TapWindows } from '../measurement/tap-windows.js';

export interface SplitResult {
  /** Mean over the images. */
  readonly loss: number;
  readonly accuracy: number;
  readonly images: number;
}

/**
 * Runs a split through the network in evaluation mode, in its fixed order.
 * @param windows filled with the taps' statistics; left out, no taps are computed
 * @returns undefined where `signal` was aborted on the way
 */
export async function evaluateSplit(
  session: Session,
  split: Split,
  options: {
    readonly batchSize: number;
    readonly seed: number;
    readonly windows?: TapWindows;
    readonly signal?: AbortSignal;
  },
): Promise<SplitResult | undefined> {
  const { batchSize, seed, windows, signal } = options;
  let lossSum = 0;
  let correct = 0;
  let images = 0;
  for await (const batch of prefetch(split.batches({ batchSize, seed, epoch: 0, shuffle: false }))) {
    if (signal?.aborted) return undefined;
    const result = await session.evaluate(batch, { taps: windows !== undefined });
    windows?.add(result.taps, batch.size);
    lossSum += result.loss * batch.size;
    correct += result.correct;
    images += batch.size;
  }
  return { loss: lossSum / images, accuracy: correct / images, images };
}
