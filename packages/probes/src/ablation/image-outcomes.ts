import type { Predictions } from '@reluctant/core';

/** What a network made of each image. */
export interface ImageOutcomes {
  /** [images, classes] row-major. */
  readonly logits: Float32Array;
  readonly classes: number;
  /** The class of the largest logit, the first of equals; −1 where one is NaN. */
  readonly predicted: Int32Array;
  /** 1 where that is the label's. */
  readonly correct: Uint8Array;
  /** Softmax cross-entropy of each image. */
  readonly losses: Float64Array;
}

/** @param labelSmoothing share of the target spread evenly over all classes, as in training */
export function imageOutcomes({ logits, labels, classes }: Predictions, labelSmoothing: number): ImageOutcomes {
  const images = labels.length;
  const predicted = new Int32Array(images);
  const correct = new Uint8Array(images);
  const losses = new Float64Array(images);
  for (let image = 0; image < images; image++) {
    const row = logits.subarray(image * classes, (image + 1) * classes);
    const largest = Math.max(...row);
    // A maximum with a NaN is NaN, which is found nowhere.
    predicted[image] = row.indexOf(largest);
    correct[image] = Number(predicted[image] === labels[image]);
    let exponentials = 0;
    let sum = 0;
    for (const logit of row) {
      exponentials += Math.exp(logit - largest);
      sum += logit - largest;
    }
    const target = (1 - labelSmoothing) * (row[labels[image]] - largest) + (labelSmoothing / classes) * sum;
    losses[image] = Math.log(exponentials) - target;
  }
  return { logits, classes, predicted, correct, losses };
}
