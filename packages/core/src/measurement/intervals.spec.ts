import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../random/random.js';
import scipy from './fixtures/scipy.json' with { type: 'json' };
import { clopperPearsonInterval, clopperPearsonUpper, neverFiredUpperBound, wilsonInterval } from './intervals.js';

const experiment = fc
  .tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 }))
  .map(([successes, failures]) => ({ successes, trials: successes + failures }))
  .filter(({ trials }) => trials > 0);

describe('intervals for a proportion', () => {
  const rows = scipy.proportions.map(([successes, trials, confidence, exact, wilson]) => ({
    successes: successes as number,
    trials: trials as number,
    confidence: confidence as number,
    exact: exact as number[],
    wilson: wilson as number[],
  }));

  it.each(rows)("agree with SciPy's for $successes of $trials at $confidence", (row) => {
    const exact = clopperPearsonInterval(row.successes, row.trials, row.confidence);
    expect(exact.lower).toBeCloseTo(row.exact[0], 12);
    expect(exact.upper).toBeCloseTo(row.exact[1], 12);
    const wilson = wilsonInterval(row.successes / row.trials, row.trials, row.confidence);
    expect(wilson.lower).toBeCloseTo(row.wilson[0], 12);
    expect(wilson.upper).toBeCloseTo(row.wilson[1], 12);
  });

  it('hold the proportion and lie in [0, 1]', () => {
    fc.assert(
      fc.property(experiment, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (made, confidence) => {
        const proportion = made.successes / made.trials;
        for (const interval of [
          wilsonInterval(proportion, made.trials, confidence),
          clopperPearsonInterval(made.successes, made.trials, confidence),
        ]) {
          expect(interval.lower).toBeGreaterThanOrEqual(0);
          expect(interval.lower).toBeLessThanOrEqual(proportion);
          expect(interval.upper).toBeGreaterThanOrEqual(proportion);
          expect(interval.upper).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('tell nothing from nothing', () => {
    expect(wilsonInterval(NaN, 0)).toEqual({ lower: 0, upper: 1 });
    expect(clopperPearsonInterval(0, 0)).toEqual({ lower: 0, upper: 1 });
  });

  it("Wilson's covers the mean of correlated positions when images are the observations, and only then", () => {
    // 16 positions of an image fire together: its share is 0 or 1, the worst case of a value in [0, 1].
    const random = new Random(1, 'coverage');
    const [probability, images, positions, repetitions] = [0.3, 100, 16, 2000];
    let coveredByImages = 0;
    let coveredByPositions = 0;
    for (let repetition = 0; repetition < repetitions; repetition++) {
      let firedImages = 0;
      for (let image = 0; image < images; image++) if (random.uniform() < probability) firedImages++;
      const covers = (observations: number) => {
        const { lower, upper } = wilsonInterval(firedImages / images, observations);
        return lower <= probability && probability <= upper;
      };
      if (covers(images)) coveredByImages++;
      if (covers(images * positions)) coveredByPositions++;
    }
    expect(coveredByImages / repetitions).toBeGreaterThan(0.93);
    expect(coveredByPositions / repetitions).toBeLessThan(0.6);
  });
});

describe('neverFiredUpperBound', () => {
  it.each([
    [100, 0.02951],
    [1_000, 0.0029912],
    [10_000, 2.9953e-4],
    [50_000, 5.9913e-5],
  ])('for %i images is the published %f', (images, published) => {
    const digits = published === 0.02951 ? 4 : 5;
    expect(neverFiredUpperBound(images).toPrecision(digits)).toBe(published.toPrecision(digits));
  });

  it('solves (1 − p)^N = 1 − confidence, also where the plain formula has no digits left', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        (n, confidence) => {
          const bound = neverFiredUpperBound(n, confidence);
          expect(Math.exp(n * Math.log1p(-bound))).toBeCloseTo(1 - confidence, 12);
        },
      ),
    );
    expect(neverFiredUpperBound(1e18)).toBeCloseTo(-Math.log(0.05) / 1e18, 30);
  });

  it('tells nothing from no images', () => {
    expect(neverFiredUpperBound(0)).toBe(1);
  });
});

describe('clopperPearsonUpper', () => {
  it('is the never-fired bound without successes, 1 without failures, and rises between', () => {
    expect(clopperPearsonUpper(0, 1000)).toBe(neverFiredUpperBound(1000));
    expect(clopperPearsonUpper(1000, 1000)).toBe(1);
    const bounds = Array.from({ length: 51 }, (_, successes) => clopperPearsonUpper(successes, 50));
    expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
    expect(new Set(bounds).size).toBe(51);
  });
});
