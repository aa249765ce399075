import { mean, type TapSample } from '@reluctant/core';

/** The gradients of a unit's bias over some updates in a row. */
export interface GradientWindow {
  readonly sum: number;
  /** Mean over these updates. */
  readonly learningRate: number;
}

/**
 * What the training windows that were recorded between measurements add up to: for each step the sum since the last one that has
 * such a sum, or since the first. Undefined for the first, and where a window goes on beyond the measurement.
 *
 * @param steps at which was measured, increasing
 * @param learningRates by the number of updates after each
 */
export function gradientsBetween(
  steps: readonly number[],
  samples: readonly TapSample[],
  learningRates: ReadonlyMap<number, number>,
  unit: number,
): readonly (GradientWindow | undefined)[] {
  const windows = samples.filter(({ at, on }) => at === 'preactivation-gradient' && on === 'training-step');
  // Each window begins where the one before ended.
  const ends = new Set([0, ...windows.map(({ step }) => step)]);
  let since = steps[0];
  return steps.map((step) => {
    if (step === steps[0] || !ends.has(since) || !ends.has(step)) return undefined;
    const sums = windows
      .filter((window) => window.step > since && window.step <= step)
      .map(({ values }) => values.sum?.[unit] ?? NaN);
    const rates = Array.from({ length: step - since }, (_, update) => learningRates.get(since + update + 1) ?? NaN);
    const window = { sum: sums.reduce((total, sum) => total + sum, 0), learningRate: mean(rates) };
    if (!Number.isFinite(window.sum) || !Number.isFinite(window.learningRate)) return undefined;
    since = step;
    return window;
  });
}
