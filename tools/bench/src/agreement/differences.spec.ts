import { describe, expect, it } from 'vitest';
import { arrayDifferences, counterDifference, relativeL2 } from './differences.js';

describe('relativeL2', () => {
  it('hides no NaN', () => {
    expect(relativeL2([NaN], [1])).toBeNaN();
  });

  it.each([
    [[3, 4], [3, 4], 0],
    [[3, 4.5], [3, 4], 0.1],
    [[0, 0], [0, 0], 0],
    [[1, 0], [0, 0], Infinity],
  ])('of %j to %j is %d', (a, b, difference) => {
    expect(relativeL2(a, b)).toBeCloseTo(difference, 12);
  });
});

it('compares arrays by name', () => {
  const array = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) });
  const ours = { 'conv/kernel': array(1, 1), 'conv/bias': array(2), 'more/bias': array(9) };
  expect(arrayDifferences(ours, { 'conv/bias': array(1), 'conv/kernel': array(1, -1) })).toEqual({
    'conv/bias': { relative: 1, absolute: 1 },
    'conv/kernel': {
      relative: expect.closeTo(Math.SQRT2, 12) as number,
      absolute: expect.closeTo(Math.SQRT2, 12) as number,
    },
  });
});

describe('counterDifference', () => {
  const tap = (site: string, fired: number[], sum: number[]) => ({
    site,
    at: 'activation' as const,
    values: { fired: Float64Array.from(fired), imagesFired: Float64Array.of(9, 9), sum: Float64Array.from(sum) },
  });

  it('adds up flips of all sites and names the worst sum', () => {
    const theirs = {
      a: { fired: [10, 20], imagesFired: [1, 2], sum: [3, 4] },
      b: { fired: [5, 5], imagesFired: [1, 2], sum: [3, 4] },
    };
    expect(counterDifference([tap('a', [11, 18], [3, 4]), tap('b', [5, 5], [3, 4.5])], theirs)).toEqual({
      firedFlips: 3,
      fired: 40,
      largest: expect.closeTo(0.1, 12) as number,
      largestOf: 'b sum',
    });
  });

  it('refuses to compare with what is not there', () => {
    expect(() => counterDifference([tap('a', [1], [1])], {})).toThrow();
    expect(() => counterDifference([tap('a', [1], [1])], { a: { fired: [1] } })).toThrow();
  });
});
