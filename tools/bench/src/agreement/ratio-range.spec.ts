import { describe, expect, it } from 'vitest';
import { ratioRange } from './ratio-range.js';

describe('ratioRange', () => {
  const absolutes = (values: readonly number[]) =>
    Object.fromEntries(values.map((absolute, index) => [`array${index}`, { relative: NaN, absolute }]));

  it('tells the median and the range of how much larger differences are', () => {
    const yardstick = Array.from({ length: 11 }, (_, index) => index + 1);
    const ours = yardstick.map((value, index) => value * (index / 10));
    expect(ratioRange(absolutes(ours), absolutes(yardstick))).toEqual({
      median: expect.closeTo(0.5, 12) as number,
      lowerDecile: expect.closeTo(0.1, 12) as number,
      upperDecile: expect.closeTo(0.9, 12) as number,
      unmatched: 0,
    });
  });

  it('leaves out arrays without any difference, and counts those that only ours differ in', () => {
    expect(ratioRange(absolutes([0, 2, 4, 1]), absolutes([0, 1, 2, 0]))).toEqual({
      ...{ median: 2, lowerDecile: 2, upperDecile: 2 },
      unmatched: 1,
    });
    expect(ratioRange(absolutes([0, 1]), absolutes([0, 0]))).toBeUndefined();
  });
});
