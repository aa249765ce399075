import { mean, Random } from '@reluctant/core';
import { referenceLoss } from '@reluctant/core/testing';
import { describe, expect, it } from 'vitest';
import { compareOutcomes } from './compare-outcomes.js';
import { imageOutcomes } from './image-outcomes.js';
import { RandomEffects } from './random-effect.js';

const outcomes = (logits: number[][], labels: number[], smoothing = 0) =>
  imageOutcomes(
    { logits: Float32Array.from(logits.flat()), labels: Int32Array.from(labels), classes: logits[0].length },
    smoothing,
  );

describe('imageOutcomes', () => {
  it('takes the first of equal logits for the answer, and none where one is no number', () => {
    const { predicted, correct } = outcomes([[1, 2, 2], [0, 0, 0], [NaN, 3, 1], [5, 1, -1]], [1, 1, 1, 0]); // prettier-ignore
    expect([...predicted]).toEqual([1, 0, -1, 0]);
    expect([...correct]).toEqual([1, 0, 0, 1]);
  });

  it('has the losses of the reference, with and without label smoothing, also of large logits', () => {
    const random = new Random(1, 'losses');
    const logits = Array.from({ length: 20 }, () => Array.from({ length: 5 }, () => Math.fround(50 * random.normal())));
    const labels = logits.map(() => random.integer(5));
    for (const smoothing of [0, 0.1, 0.7]) {
      const expected = referenceLoss(
        { shape: [20, 5], data: Float64Array.from(logits.flat()) },
        Int32Array.from(labels),
        smoothing,
      );
      expect(mean(outcomes(logits, labels, smoothing).losses)).toBeCloseTo(expected, 10);
    }
    expect(outcomes([[0, 0, 0]], [2]).losses[0]).toBeCloseTo(Math.log(3), 14);
  });
});

describe('compareOutcomes', () => {
  const whole = outcomes([[2, 1], [0, 1], [3, 0], [1, 0]], [0, 0, 0, 1]); // prettier-ignore

  it('counts what changed, image by image', () => {
    // Untouched; becomes right; becomes wrong; stays as wrong with another logit.
    const ablated = outcomes([[2, 1], [1.5, 1], [0, 0.5], [1, -0.25]], [0, 0, 0, 1]); // prettier-ignore
    const effect = compareOutcomes(whole, ablated, 0.95);
    expect(effect).toMatchObject({ logitsChanged: 3, predictionsChanged: 2, largestLogitChange: 3, accuracy: 0.5 });
    expect(effect.accuracyChange).toMatchObject({ mean: 0, gained: 1, lost: 1, probability: 1 });
    expect(effect.accuracyChange.lower).toBeCloseTo(-effect.accuracyChange.upper, 10);
    expect(effect.lossChange.mean).toBeCloseTo(mean(ablated.losses) - mean(whole.losses), 14);
  });

  it('finds nothing changed where nothing did, with an interval all the same', () => {
    const effect = compareOutcomes(whole, whole, 0.95);
    expect(effect).toMatchObject({ logitsChanged: 0, predictionsChanged: 0, largestLogitChange: 0 });
    expect(effect.lossChange).toEqual({ mean: 0, lower: 0, upper: 0 });
    expect(effect.accuracyChange.upper).toBeGreaterThan(0.1);
  });

  it('does not take −0 for a change, nor NaN for none', () => {
    const zero = outcomes([[0, 1]], [1]);
    expect(compareOutcomes(zero, outcomes([[-0, 1]], [1]), 0.95).logitsChanged).toBe(0);
    const diverged = compareOutcomes(zero, outcomes([[NaN, 1]], [1]), 0.95);
    expect(diverged.logitsChanged).toBe(1);
    expect(diverged.largestLogitChange).toBeNaN();
  });
});

describe('RandomEffects', () => {
  it('averages sets, with their spread and an interval over sets and images', () => {
    const labels = Array.from({ length: 40 }, (_, image) => image % 2);
    const right = labels.map((label) => (label ? [0, 1] : [1, 0]));
    const whole = outcomes(right, labels);
    // Wrong at the first 4, 8 and 12 images.
    const without = (wrong: number) => outcomes(right.map(([a, b], image) => (image < wrong ? [b, a] : [a, b])), labels); // prettier-ignore
    const effects = new RandomEffects(whole, 0.95);
    for (const wrong of [4, 8, 12]) effects.add(without(wrong));
    const { accuracyChange, logitsChanged, predictionsChanged, sets } = effects.effect();
    expect(accuracyChange.mean).toBeCloseTo(-0.2, 14);
    expect(accuracyChange.spread).toBeCloseTo(0.1, 14);
    expect([logitsChanged, predictionsChanged, sets.length]).toEqual([8, 8, 3]);
    // Variances: of the sets .01/3; of the images, whose means are −1 (4 times), −⅔ (4), −⅓ (4) and 0 (28).
    const imageMeans = labels.map((_, image) => -[4, 8, 12].filter((wrong) => image < wrong).length / 3);
    const centre = mean(imageMeans);
    const images = imageMeans.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 39 / 40;
    const half = (accuracyChange.upper! - accuracyChange.lower!) / 2;
    // The quantile of t lies between those of 2 and of infinitely many degrees of freedom.
    expect(half / Math.sqrt(0.01 / 3 + images)).toBeGreaterThan(1.96);
    expect(half / Math.sqrt(0.01 / 3 + images)).toBeLessThan(4.31);
  });

  it('has no spread of one set', () => {
    const whole = outcomes([[1, 0]], [0]);
    const effects = new RandomEffects(whole, 0.95);
    effects.add(outcomes([[0, 1]], [0]));
    expect(effects.effect().accuracyChange).toEqual({ mean: -1, spread: null, lower: null, upper: null });
  });
});
