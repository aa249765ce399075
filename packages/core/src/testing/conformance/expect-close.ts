import { expect } from 'vitest';

/**
 * Expects |actual − expected| ≤ tolerance · scale for every element, where `scale` is the largest expected magnitude unless it
 * is given (a sum that cancels is as exact as its terms are large). Differences below 1e-6 pass.
 */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
  scale = Math.max(...Array.from(expected, Math.abs)),
): void {
  expect(actual.length, `length of ${what}`).toBe(expected.length);
  const errors = Array.from(expected, (value, index) => Math.abs(actual[index] - value));
  // A NaN must not pass for a maximum.
  const worst = errors.findIndex((error) => !(error <= Math.max(tolerance * scale, 1e-6)));
  const where = worst < 0 ? '' : `[${worst}] is ${actual[worst]} instead of ${expected[worst]}`;
  expect(where, what).toBe('');
}
