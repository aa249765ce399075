import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../random/random.js';
import { dormantScores } from './dormant-scores.js';
import { activationProbabilities, elementSparsity, mean, perElement, quantile, standardDeviation } from './moments.js';

const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 40 });

describe('activationProbabilities and elementSparsity', () => {
  it('are shares of elements: of each unit, and of the layer', () => {
    expect(activationProbabilities(Float64Array.of(0, 3, 4), 4)).toEqual([0, 0.75, 1]);
    expect(elementSparsity(Float64Array.of(0, 3, 4), 4)).toBeCloseTo(5 / 12, 15);
    expect(perElement([1], 0)).toEqual([Infinity]);
    expect(perElement([0], 0)).toEqual([NaN]);
  });
});

describe('a ReLU of standard normal numbers', () => {
  it('has mean 1/√2π = .398942, second moment ½ and Pr[y>0] = ½', () => {
    const random = new Random(8, 'moments');
    const draws = 200_000;
    let [fired, sum, sumSquares] = [0, 0, 0];
    for (let i = 0; i < draws; i++) {
      const y = Math.max(0, random.normal());
      fired += Number(y > 0);
      sum += y;
      sumSquares += y * y;
    }
    // Four standard errors of each mean: Var y = ½ − 1/2π, Var y² = 3/2 − ¼, Var [y>0] = ¼.
    const within = (variance: number) => 4 * Math.sqrt(variance / draws);
    expect(Math.abs(sum / draws - 0.398942)).toBeLessThan(within(0.5 - 1 / (2 * Math.PI)));
    expect(Math.abs(sumSquares / draws - 0.5)).toBeLessThan(within(1.25));
    expect(Math.abs(fired / draws - 0.5)).toBeLessThan(within(0.25));
    expect(standardDeviation(sum, sumSquares, draws)).toBeCloseTo(Math.sqrt(0.5 - 1 / (2 * Math.PI)), 2);
  });
});

describe('standardDeviation', () => {
  it('is the two-pass deviation', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const average = mean(values);
        const expected = Math.sqrt(mean(values.map((value) => (value - average) ** 2)));
        const sum = values.reduce((a, b) => a + b, 0);
        const sumSquares = values.reduce((a, b) => a + b * b, 0);
        expect(Math.abs(standardDeviation(sum, sumSquares, values.length) - expected)).toBeLessThan(1e-4);
      }),
    );
  });

  it('is a number where rounding has made the sums contradict each other, and exactly 0 for a constant', () => {
    expect(standardDeviation(3, 3 - 1e-12, 3)).toBe(0);
    expect(standardDeviation(3e6 * 7, 9e12 * 7, 7)).toBe(0);
  });

  it('shows divergence', () => {
    expect(standardDeviation(NaN, NaN, 4)).toBeNaN();
    expect(standardDeviation(0, 0, 0)).toBeNaN();
  });
});

describe('quantile', () => {
  it('interpolates as R and NumPy do', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((q) => quantile([15, 2, 10, 7], q))).toEqual([2, 5.75, 8.5, 11.25, 15]);
    expect(quantile([3], 0.9)).toBe(3);
  });

  it('does not sort by text or reorder its argument', () => {
    const values = [10, 9, 100];
    expect(quantile(values, 0.5)).toBe(10);
    expect(values).toEqual([10, 9, 100]);
  });

  it('has the share q of the values at or below it, within one value', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const at = quantile(values, q);
        const n = values.length;
        expect(values.filter((value) => value <= at + 1e-9).length).toBeGreaterThanOrEqual(Math.floor(q * (n - 1) + 1));
        expect(values.filter((value) => value >= at - 1e-9).length).toBeGreaterThanOrEqual(
          Math.floor((1 - q) * (n - 1) + 1),
        );
      }),
    );
  });

  it('is NaN for nothing, and where a value is', () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([1, NaN, 2], 0)).toBeNaN();
    expect(quantile([1, Infinity], 1)).toBe(Infinity);
  });
});

describe('dormantScores', () => {
  it('reproduces the worked example E|h| = [0, 1, 1, 2]', () => {
    const scores = dormantScores([0, 1, 1, 2]);
    [0, 1, 1, 2].forEach((expected, unit) => expect(scores[unit]).toBeCloseTo(expected, 8));
  });

  it('is 0 in a silent layer, averages 1 in any other, and ignores scale', () => {
    expect(dormantScores([0, 0])).toEqual([0, 0]);
    const anyLayer = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1 });
    fc.assert(
      fc.property(anyLayer, (meanAbs) => {
        expect(mean(dormantScores(meanAbs))).toBeCloseTo(1, 8);
        const scaled = dormantScores(meanAbs.map((value) => value * 64));
        dormantScores(meanAbs).forEach((score, unit) => expect(scaled[unit]).toBeCloseTo(score, 6));
      }),
    );
  });
});
