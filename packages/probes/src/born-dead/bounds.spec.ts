import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bornDeadLowerBound } from './born-dead-lower-bound.js';
import { deadOnOrthant } from './dead-on-orthant.js';
import { onePointProbability } from './one-point-probability.js';

describe('bounds of Lu et al.', () => {
  it.each([
    [2, 3, 0.1562, 0.4375],
    [2, 10, 0.8703, 0.9249],
    [3, 10, 0.5134, 0.6993],
    [4, 10, 0.2042, 0.4406],
    [5, 20, 0.2138, 0.453],
  ])('width %i, %i layers: from %f to %f', (width, layers, lower, upper) => {
    // 2, 3 → .15625, which the reference cuts off.
    expect(Math.abs(bornDeadLowerBound(width, layers) - lower)).toBeLessThanOrEqual(5.01e-5);
    expect(onePointProbability(Array(layers - 1).fill(width))).toBeCloseTo(upper, 4);
  });

  it('lie in order, within [0, 1], and rise with depth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 2, max: 300 }), (width, layers) => {
        const [lower, upper] = [bornDeadLowerBound(width, layers), onePointProbability(Array(layers - 1).fill(width))];
        expect(lower).toBeGreaterThanOrEqual(-1e-12);
        expect(upper).toBeGreaterThanOrEqual(lower - 1e-12);
        expect(upper).toBeLessThanOrEqual(1);
        expect(bornDeadLowerBound(width, layers + 1)).toBeGreaterThanOrEqual(lower - 1e-12);
      }),
    );
  });

  // Each layer of one unit sees one half-line, or none, and is off on it half the time; the first is never off on both.
  it('are exact for width 1', () => {
    expect(bornDeadLowerBound(1, 6)).toBeCloseTo(1 - 2 ** -4, 14);
  });

  // The second layer sees, with all units of the first on the same side, one half-line (2·2^−N·2^−N); otherwise two, on which
  // disjoint units are on, so that its units are off on either independently (4^−N).
  it.each([1, 2, 3, 7])('have the exact probability of three layers of width %i at their lower end', (width) => {
    const oneSide = 2 * 2 ** -width;
    expect(bornDeadLowerBound(width, 3)).toBeCloseTo(oneSide * 2 ** -width + (1 - oneSide) * 4 ** -width, 14);
  });
});

it('onePointProbability takes layers of different widths, and keeps the digits of small ones', () => {
  expect(onePointProbability([1, 2])).toBeCloseTo(1 - 0.5 * 0.75, 14);
  expect(onePointProbability([60, 60]) / 2 ** -59).toBeCloseTo(1, 12);
});

it('deadOnOrthant counts the signs that have to be negative', () => {
  expect([deadOnOrthant(1, true), deadOnOrthant(3, true), deadOnOrthant(3, false)]).toEqual([0.25, 1 / 16, 1 / 8]);
});
