import type { Split } from '../dataset/dataset.js';
import { prefetch } from '../dataset/prefetch.js';
import type { Session } from '../engine/engine.js';

/** What a network says of labelled images. */
export interface Predictions {
  /** [images, classes] row-major. */
  readonly logits: Float32Array;
  /** [images] */
  readonly labels: Int32Array;
  readonly classes: number;
}

export interface PredictionOptions {
  readonly batchSize: number;
  readonly seed: number;
  /** Throws its reason once it is aborted. */
  readonly signal?: AbortSignal;
  /** Called after each batch. */
  readonly onImages?: (images: number) => void;
}

/** The logits of all of a split's images in evaluation mode, in the split's fixed order. */
export async function predictSplit(
  session: Session,
  split: Split,
  { batchSize, seed, signal, onImages }: PredictionOptions,
): Promise<Predictions> {
  const labels = new Int32Array(split.size);
  const parts: Float32Array[] = [];
  let images = 0;
  for await (const batch of prefetch(split.batches({ batchSize, seed, epoch: 0, shuffle: false }))) {
    signal?.throwIfAborted();
    const { logits } = await session.evaluate(batch, { taps: false, logits: true });
    parts.push(logits!);
    labels.set(batch.y, images);
    images += batch.size;
    onImages?.(batch.size);
  }
  const logits = concatenated(parts);
  return { logits, labels, classes: logits.length / split.size };
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
