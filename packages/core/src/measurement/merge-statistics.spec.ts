import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StatisticValues } from '../probe/statistic.js';
import type { TapSample } from '../probe/tap.js';
import { mergeSamples, mergeStatistics } from './merge-statistics.js';

const counts = fc
  .array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 3, maxLength: 3 })
  .map((numbers) => Float64Array.from(numbers));
const statistics: fc.Arbitrary<StatisticValues> = fc.record({ fired: counts, imagesFired: counts, max: counts });

describe('mergeStatistics', () => {
  it('adds, and keeps the larger maximum', () => {
    const a = { fired: Float64Array.of(1, 2), max: Float64Array.of(-1, 5) };
    const b = { fired: Float64Array.of(10, 20), max: Float64Array.of(3, 4) };
    expect(mergeStatistics(a, b)).toEqual({ fired: Float64Array.of(11, 22), max: Float64Array.of(3, 5) });
    expect(a.fired).toEqual(Float64Array.of(1, 2));
  });

  it('is associative and commutative in exact counts', () => {
    fc.assert(
      fc.property(statistics, statistics, statistics, (a, b, c) => {
        expect(mergeStatistics(mergeStatistics(a, b), c)).toEqual(mergeStatistics(a, mergeStatistics(b, c)));
        expect(mergeStatistics(a, b)).toEqual(mergeStatistics(b, a));
      }),
    );
  });

  it('puts images one behind the other', () => {
    const a = { firedPerImage: Float64Array.of(5, 0) };
    const b = { firedPerImage: Float64Array.of(7) };
    expect(mergeStatistics(a, b)).toEqual({ firedPerImage: Float64Array.of(5, 0, 7) });
    expect(mergeStatistics(b, a)).toEqual({ firedPerImage: Float64Array.of(7, 5, 0) });
    expect(a.firedPerImage).toEqual(Float64Array.of(5, 0));
  });

  it('refuses windows that hold different things', () => {
    const fired = Float64Array.of(1);
    expect(() => mergeStatistics({ fired }, {})).toThrow('Only one of two windows');
    expect(() => mergeStatistics({ fired }, { fired: Float64Array.of(1, 2) })).toThrow('has 2 values where 1');
  });
});

describe('mergeSamples', () => {
  const sample: TapSample = {
    site: 'relu1',
    at: 'activation',
    on: 'training-step',
    step: 10,
    epoch: 0.5,
    images: 4,
    elements: 16,
    values: { fired: Float64Array.of(3) },
  };

  it('adds images and elements and takes the later position', () => {
    const later = { ...sample, step: 20, epoch: 1, images: 2, elements: 8 };
    const merged = { ...sample, step: 20, epoch: 1, images: 6, elements: 24, values: { fired: Float64Array.of(6) } };
    expect(mergeSamples(sample, later)).toEqual(merged);
    expect(mergeSamples(later, sample)).toEqual(merged);
  });

  it('keeps the series apart', () => {
    expect(() => mergeSamples(sample, { ...sample, on: 'probe-split' })).toThrow("Can't merge samples");
  });
});
