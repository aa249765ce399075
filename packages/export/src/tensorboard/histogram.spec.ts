import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probabilityHistogram } from './histogram.js';

describe('probabilityHistogram', () => {
  it('counts every value in the bucket whose limits enclose it', () => {
    const probability = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 50 }).map((n) => n / 50)); // prettier-ignore
    fc.assert(
      fc.property(fc.array(probability), (values) => {
        const { bucket, bucket_limit: limits, num, sum } = probabilityHistogram(values);
        const expected = limits.map(
          (limit, i) => values.filter((value) => value <= limit && (i === 0 || value > limits[i - 1])).length,
        );
        expect(bucket).toEqual(expected);
        expect(num).toBe(values.length);
        expect(sum).toBeCloseTo(
          values.reduce((total, value) => total + value, 0),
          9,
        );
      }),
    );
  });

  it('keeps units that never fire apart, and leaves out what is not a number', () => {
    const histogram = probabilityHistogram([0, 0, NaN, 1e-9, 1]);
    expect(histogram).toMatchObject({ num: 4, min: 0, max: 1, sum_squares: 1e-18 + 1 });
    expect(histogram.bucket.slice(0, 2)).toEqual([2, 1]);
    expect(histogram.bucket.at(-1)).toBe(1);
  });
});
