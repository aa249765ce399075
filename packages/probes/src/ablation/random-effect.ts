import { crossedMeanInterval, mean } from '@reluctant/core';
import { compareOutcomes, type AblationEffect } from './compare-outcomes.js';
import type { ImageOutcomes } from './image-outcomes.js';

/** A mean over random sets of units. */
export interface SetMean {
  readonly mean: number;
  /** Standard deviation between the sets (divided by their number − 1); null for one set. */
  readonly spread: number | null;
  /** For the mean over all sets and images alike that could have been drawn; null for one set. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/** What taking away random live units does. */
export interface RandomEffect {
  readonly accuracyChange: SetMean;
  readonly lossChange: SetMean;
  /** Mean numbers of images. */
  readonly logitsChanged: number;
  readonly predictionsChanged: number;
  /** Each set on its own. */
  readonly sets: readonly AblationEffect[];
}

/** Gathers the effects of random sets on the same images. */
export class RandomEffects {
  private readonly sets: AblationEffect[] = [];
  /** Per image, sums over the sets. */
  private readonly correct: Float64Array;
  private readonly losses: Float64Array;

  constructor(
    private readonly whole: ImageOutcomes,
    private readonly confidence: number,
  ) {
    this.correct = new Float64Array(whole.correct.length);
    this.losses = new Float64Array(whole.correct.length);
  }

  add(ablated: ImageOutcomes): void {
    const { whole, correct, losses } = this;
    this.sets.push(compareOutcomes(whole, ablated, this.confidence));
    for (let image = 0; image < correct.length; image++) {
      correct[image] += ablated.correct[image] - whole.correct[image];
      losses[image] += ablated.losses[image] - whole.losses[image];
    }
  }

  /** Of at least one set. */
  effect(): RandomEffect {
    const { sets } = this;
    return {
      accuracyChange: this.overSets((set) => set.accuracyChange.mean, this.correct),
      lossChange: this.overSets((set) => set.lossChange.mean, this.losses),
      logitsChanged: mean(sets.map((set) => set.logitsChanged)),
      predictionsChanged: mean(sets.map((set) => set.predictionsChanged)),
      sets: [...sets],
    };
  }

  private overSets(of: (set: AblationEffect) => number, imageSums: Float64Array): SetMean {
    const values = this.sets.map(of);
    if (values.length < 2) return { mean: values[0], spread: null, lower: null, upper: null };
    const images = imageSums.map((sum) => sum / values.length);
    const centre = mean(values);
    const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    return {
      ...crossedMeanInterval(values, images, this.confidence),
      spread: Math.sqrt(squares / (values.length - 1)),
    };
  }
}
