import { ReluctantError, type Batch } from '@reluctant/core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Target distributions [batch, classes]: 1 − s for the label and s/classes for every class, s being the label smoothing
 * (Szegedy et al. 2016). Throws `DATASET_CORRUPT` for a label that is no class.
 */
export function targetDistributions({ y, size }: Batch, classes: number, labelSmoothing: number): tf.Tensor2D {
  const targets = new Float32Array(size * classes).fill(labelSmoothing / classes);
  for (let image = 0; image < size; image++) {
    const label = y[image];
    if (!(label >= 0 && label < classes)) {
      throw new ReluctantError('DATASET_CORRUPT', `Label ${label} is none of the network's ${classes} classes.`);
    }
    targets[image * classes + label] += 1 - labelSmoothing;
  }
  return tf.tensor2d(targets, [size, classes]);
}

/** Mean over the batch of −Σ target·log softmax(logits). */
export function softmaxCrossEntropy(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  return tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), -1))) as tf.Scalar;
}

/** Number of images whose first largest logit is the label's; an image with a NaN there counts as wrong. */
export function countCorrect(logits: ArrayLike<number>, { y, size }: Batch): number {
  const classes = logits.length / size;
  let correct = 0;
  for (let image = 0; image < size; image++) {
    const row = image * classes;
    let largest = 0;
    for (let index = 1; index < classes; index++) if (logits[row + index] > logits[row + largest]) largest = index;
    if (largest === y[image] && !Number.isNaN(logits[row + largest])) correct++;
  }
  return correct;
}
