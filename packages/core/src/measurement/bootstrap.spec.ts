import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../random/random.js';
import { bootstrapMeanInterval, ClusterResamples } from './bootstrap.js';
import paired from './fixtures/paired.json' with { type: 'json' };
import { wilsonInterval } from './intervals.js';
import { mean } from './moments.js';
import { meanInterval } from './crossed-mean.js';

describe('ClusterResamples', () => {
  it('draws as many clusters as there are, each as often as any other', () => {
    const resamples = new ClusterResamples(20, 5000, 1);
    const ones = resamples.means(new Float64Array(20).fill(1));
    expect([...new Set(ones)]).toEqual([1]);
    for (let cluster = 0; cluster < 20; cluster++) {
      const indicator = Float64Array.from({ length: 20 }, (_, i) => Number(i === cluster));
      const multiplicities = resamples.means(indicator).map((share) => 20 * share);
      // Bin(20, 1/20): mean 1 and variance .95, within four standard errors.
      expect(Math.abs(mean(multiplicities) - 1)).toBeLessThan(4 * Math.sqrt(0.95 / 5000));
      expect(Math.abs(mean(multiplicities.map((count) => (count - 1) ** 2)) - 0.95)).toBeLessThan(0.15);
    }
  });

  it('repeats itself, and differs for another seed', () => {
    const values = Float64Array.from({ length: 30 }, (_, i) => i / 30);
    const means = (seed: number) => new ClusterResamples(30, 100, seed).means(values);
    expect(means(1)).toEqual(means(1));
    expect(means(1)).not.toEqual(means(2));
  });

  it('has the same resamples where they are too many to be kept', () => {
    // Whole numbers, whose sums are exact in any order.
    const values = Float64Array.from({ length: 50 }, (_, i) => i % 3);
    const kept = new ClusterResamples(50, 20, 3).means(values);
    const drawn = new ClusterResamples(50, 20, 3, 999);
    expect(drawn.means(values)).toEqual(kept);
    expect(drawn.means(values)).toEqual(kept);
  });
});

describe('bootstrapMeanInterval', () => {
  it("agrees with SciPy's BCa interval up to the chance of resampling", () => {
    for (const { values, lower, upper } of paired.bootstrap) {
      const resamples = new ClusterResamples(values.length, 20_000, 5);
      const interval = bootstrapMeanInterval(values, resamples);
      const width = upper - lower;
      expect(Math.abs(interval.lower - lower)).toBeLessThan(0.03 * width);
      expect(Math.abs(interval.upper - upper)).toBeLessThan(0.03 * width);
    }
  });

  it('holds the mean and lies within the values', () => {
    const resamples = new Map<number, ClusterResamples>();
    const shares = fc.array(
      fc.integer({ min: 0, max: 64 }).map((n) => n / 64),
      { minLength: 2, maxLength: 40 },
    );
    fc.assert(
      fc.property(shares, (values) => {
        const { length } = values;
        if (!resamples.has(length)) resamples.set(length, new ClusterResamples(length, 400, 1));
        const { lower, upper } = bootstrapMeanInterval(values, resamples.get(length)!);
        expect(lower).toBeLessThanOrEqual(upper);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        if (new Set(values).size > 1) {
          expect(lower).toBeGreaterThanOrEqual(Math.min(...values));
          expect(upper).toBeLessThanOrEqual(Math.max(...values));
        }
      }),
    );
  });

  it("is Wilson's where all images agree", () => {
    const resamples = new ClusterResamples(100, 200, 1);
    for (const share of [0, 0.1, 1 / 3, 1]) {
      const interval = bootstrapMeanInterval(new Float64Array(100).fill(share), resamples);
      expect(interval.lower).toBeCloseTo(wilsonInterval(share, 100).lower, 12);
      expect(interval.upper).toBeCloseTo(wilsonInterval(share, 100).upper, 12);
    }
  });

  it('covers the mean of correlated positions where counting positions does not, also of rare and skewed ones', () => {
    // Each image has a probability of its own, by which its 64 positions fire: u^k has the mean 1/(k + 1).
    for (const [power, images] of [
      [1, 60],
      [9, 120],
    ] as const) {
      // prettier-ignore
      const [positions, repetitions] = [64, 600];
      const truth = 1 / (power + 1);
      const random = new Random(7, 'correlated', power);
      const resamples = new ClusterResamples(images, 1000, 1);
      let covered = 0;
      let [byPositions, width, studentWidth] = [0, 0, 0];
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const shares = Float64Array.from({ length: images }, () => {
          const probability = random.uniform() ** power;
          let fired = 0;
          for (let position = 0; position < positions; position++) fired += Number(random.uniform() < probability);
          return fired / positions;
        });
        const interval = bootstrapMeanInterval(shares, resamples);
        const naive = wilsonInterval(mean(shares), images * positions);
        covered += Number(interval.lower <= truth && truth <= interval.upper);
        byPositions += Number(naive.lower <= truth && truth <= naive.upper);
        width += interval.upper - interval.lower;
        const student = meanInterval(shares);
        studentWidth += student.upper - student.lower;
      }
      expect(covered / repetitions).toBeGreaterThan(0.925);
      expect(covered / repetitions).toBeLessThan(0.975);
      expect(byPositions / repetitions).toBeLessThan(0.5);
      expect(width / studentWidth).toBeCloseTo(1, 1);
    }
  });
});
