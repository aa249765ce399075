import type { TapSample } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { gradientsBetween } from './gradients-between.js';

const window = (step: number, sum: readonly number[] | undefined): TapSample => ({
  site: 'relu',
  at: 'preactivation-gradient',
  on: 'training-step',
  step,
  epoch: step / 10,
  images: 10,
  elements: 10,
  values: sum ? { sum: Float64Array.from(sum) } : {},
});
const rates = new Map(Array.from({ length: 40 }, (_, at) => [at + 1, at < 10 ? 0.2 : 0.1]));

describe('gradientsBetween', () => {
  it('adds up the windows between measurements, with the mean learning rate', () => {
    const samples = [window(10, [0, 1]), window(20, [0, 2]), window(30, [0, 4])];
    expect(gradientsBetween([0, 20, 30], samples, rates, 1)).toEqual([
      undefined,
      { sum: 3, learningRate: expect.closeTo(0.15, 12) },
      { sum: 4, learningRate: expect.closeTo(0.1, 12) },
    ]);
  });

  it('leaves out measurements inside a window, whose sum the next one has', () => {
    const gradients = gradientsBetween([0, 5, 10], [window(10, [3])], rates, 0);
    expect(gradients).toEqual([undefined, undefined, { sum: 3, learningRate: expect.closeTo(0.2, 12) }]);
  });

  it('knows nothing beyond a window without sums, before the first window, or without any', () => {
    const samples = [window(10, undefined), window(20, [1])];
    expect(gradientsBetween([0, 10, 20], samples, rates, 0)).toEqual([undefined, undefined, undefined]);
    expect(gradientsBetween([5, 20], [window(20, [1])], rates, 0)).toEqual([undefined, undefined]);
    expect(gradientsBetween([0, 10], [], rates, 0)).toEqual([undefined, undefined]);
  });
});
