import { describe, expect, it } from 'vitest';
import { leastSquaresSlope } from './least-squares-slope.js';

const points = (xs: readonly number[], ys: readonly number[]) => xs.map((x, index) => ({ x, y: ys[index] }));

describe('leastSquaresSlope', () => {
  it('finds a line that is one', () => {
    const { slope, standardError } = leastSquaresSlope(points([100, 200, 400], [512, 515, 521]));
    expect(slope).toBeCloseTo(0.03, 12);
    expect(standardError).toBeCloseTo(0, 12);
  });

  it('is half of three points around a line, with the square root of 3/4 as its error', () => {
    expect(leastSquaresSlope(points([0, 1, 2], [1, 3, 2]))).toEqual({
      slope: expect.closeTo(0.5, 12) as number,
      standardError: expect.closeTo(Math.sqrt(0.75), 12) as number,
    });
  });

  it("gives what Anscombe's quartet is known for", () => {
    // Anscombe 1973, data set I: slope 0.500, estimated standard error 0.118.
    const xs = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const ys = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const { slope, standardError } = leastSquaresSlope(points(xs, ys));
    expect(slope).toBeCloseTo(0.5, 3);
    expect(standardError).toBeCloseTo(0.118, 3);
  });

  it('leaves out what too few points do not tell', () => {
    expect(leastSquaresSlope([])).toEqual({});
    expect(leastSquaresSlope(points([5], [1]))).toEqual({});
    expect(leastSquaresSlope(points([0, 2], [1, 2]))).toEqual({ slope: 0.5 });
  });
});
