import type { Batch } from '@reluctant/core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Target distributions [batch, classes]: 1 − s for the label and s/classes for every class, s being the label smoothing
 * (Szegedy et al. 2016).
 */
export function targetDistributions({ y, size }: Batch, classes: number, labelSmoothing: number): tf.Tensor2D {
  const targets = new Float32Array(size * classes).fill(labelSmoothing / classes);
  for (let image = 0; image < size; image++) {
    targets[image * classes + y[image]] += 1 - labelSmoothing;
  }
  return tf.tensor2d(targets, [size, classes]);
}

/** Mean over the batch of −Σ target·log softmax(logits). */
export function softmaxCrossEntropy(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  return tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), -1))) as tf.Scalar;
}

/** Number of images whose first largest logit is the label's; an image with a NaN among them counts as wrong. */
export function countCorrect(logits: ArrayLike<number>, { y, size }: Batch): number {
  const classes = logits.length / size;
  let correct = 0;
  for (let image = 0; image < size; image++) {
    const row = Array.from({ length: classes }, (_, index) => logits[image * classes + index]);
    // A maximum with a NaN is NaN, which is found nowhere.
    if (row.indexOf(Math.max(...row)) === y[image]) correct++;
  }
  return correct;
}
