import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fixture from './fixtures/theil-sen.json' with { type: 'json' };
import { theilSen } from './theil-sen.js';

const points = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 30 }),
      fc.double({ min: -1, max: 1, noNaN: true }).map((y) => y + 0),
    ),
    { minLength: 3 },
  )
  .filter((all) => new Set(all.map(([x]) => x)).size > 1);
const lineOf = (all: readonly (readonly [number, number])[], confidence?: number) =>
  theilSen(
    all.map(([x]) => x),
    all.map(([, y]) => y),
    confidence,
  );

describe('theilSen', () => {
  it.each(fixture.theilSen.map((one, index) => ({ ...one, index })))(
    'agrees with SciPy, case $index',
    ({ x, y, confidence, ...expected }) => {
      const { slope, intercept, interval } = theilSen(x, y, confidence);
      for (const [value, of] of [
        [slope, expected.slope],
        [intercept, expected.intercept],
        [interval.lower, expected.lower],
        [interval.upper, expected.upper],
      ]) {
        expect(value).toBeCloseTo(of, 12);
      }
    },
  );

  it('finds a line whatever one in five points say', () => {
    const x = Array.from({ length: 20 }, (_, index) => index);
    const y = x.map((at) => (at % 5 === 0 ? 1000 * (at % 2 ? 1 : -1) : 3 - 2 * at));
    expect(theilSen(x, y).slope).toBeCloseTo(-2, 12);
  });

  it('is turned over by a change of sign, and does not mind the order of the points', () => {
    fc.assert(
      fc.property(points, (all) => {
        const line = lineOf(all);
        const turned = lineOf(all.map(([x, y]) => [x, -y] as const));
        expect(turned.slope).toBeCloseTo(-line.slope, 9);
        expect(lineOf(all.toReversed())).toEqual(line);
      }),
    );
    expect(theilSen([1, 0, 2], [0, 0, 0]).slope).toBe(0);
  });

  it('has the slope within its interval, which is wider with more confidence', () => {
    fc.assert(
      fc.property(points, (all) => {
        const sure = lineOf(all, 0.99).interval;
        const { slope, interval } = lineOf(all, 0.8);
        const ends = [sure.lower, interval.lower, slope, interval.upper, sure.upper];
        ends.slice(1).forEach((end, before) => expect(end).toBeGreaterThanOrEqual(ends[before] - 1e-12));
      }),
    );
  });

  it.each([
    [
      [1, 2],
      [0, 1],
    ],
    [
      [4, 4, 4],
      [0, 1, 2],
    ],
    [
      [1, 2, 3],
      [0, 1],
    ],
  ])('refuses %j against %j', (x, y) => {
    expect(() => theilSen(x, y)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});
