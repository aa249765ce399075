import { mcNemarProbability, mean, meanInterval, pairedDifferenceInterval, type EstimatedMean } from '@reluctant/core';
import type { ImageOutcomes } from './image-outcomes.js';

/** How the share of images classified rightly changed, image by image. */
export interface AccuracyChange extends EstimatedMean {
  /** Images that became right, and that became wrong. */
  readonly gained: number;
  readonly lost: number;
  /** Exact McNemar test of no change. */
  readonly probability: number;
}

/** What a network without some of its units makes of images, against what the whole one makes of them. */
export interface AblationEffect {
  readonly accuracy: number;
  /** Mean over the images. */
  readonly loss: number;
  /** Largest |difference| of a logit, over images and classes. NaN where only one of two is a number. */
  readonly largestLogitChange: number;
  /** Images of which any logit is another number. */
  readonly logitsChanged: number;
  /** Images of which another class has the largest logit. */
  readonly predictionsChanged: number;
  /** Tango's interval for paired proportions. */
  readonly accuracyChange: AccuracyChange;
  /** Student's t interval over the images' differences. */
  readonly lossChange: EstimatedMean;
}

/**
 * Compares outcomes for the same images in the same order.
 * @param confidence of the intervals
 */
export function compareOutcomes(whole: ImageOutcomes, ablated: ImageOutcomes, confidence: number): AblationEffect {
  const pairs = whole.correct.length;
  let [largestLogitChange, logitsChanged, predictionsChanged, gained, lost] = [0, 0, 0, 0, 0];
  for (let image = 0; image < pairs; image++) {
    const change = largestChange(whole, ablated, image);
    largestLogitChange = Math.max(largestLogitChange, change);
    logitsChanged += Number(change !== 0);
    predictionsChanged += Number(whole.predicted[image] !== ablated.predicted[image]);
    gained += Number(ablated.correct[image] > whole.correct[image]);
    lost += Number(ablated.correct[image] < whole.correct[image]);
  }
  const counts = { pairs, gained, lost };
  const accuracyChange = {
    mean: (gained - lost) / pairs,
    ...pairedDifferenceInterval(counts, confidence),
    gained,
    lost,
    probability: mcNemarProbability(counts),
  };
  return {
    accuracy: mean(ablated.correct),
    loss: mean(ablated.losses),
    largestLogitChange,
    logitsChanged,
    predictionsChanged,
    accuracyChange,
    lossChange: meanInterval(
      ablated.losses.map((loss, image) => loss - whole.losses[image]),
      confidence,
    ),
  };
}

function largestChange(whole: ImageOutcomes, ablated: ImageOutcomes, image: number): number {
  const { classes } = whole;
  let largest = 0;
  for (let i = image * classes; i < (image + 1) * classes; i++) {
    if (!Object.is(whole.logits[i], ablated.logits[i])) {
      // Numerically: −0 is 0. Two NaNs were equal above.
      largest = Math.max(largest, Math.abs(whole.logits[i] - ablated.logits[i]));
    }
  }
  return largest;
}
