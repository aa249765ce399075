import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../random/random.js';
import paired from './fixtures/paired.json' with { type: 'json' };
import { normalQuantile } from './normal-distribution.js';
import { mcNemarProbability, pairedDifferenceInterval } from './paired-proportions.js';

const counts = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 2000 }))
  .map(([gained, lost, same]) => ({ gained, lost, pairs: gained + lost + same }));

describe('mcNemarProbability', () => {
  it("is SciPy's binomial test", () => {
    for (const [pairs, gained, lost, expected] of paired.mcNemar)
      expect(mcNemarProbability({ pairs, gained, lost }), `${gained}, ${lost}`).toBeCloseTo(expected, 10);
  });

  it('is the same both ways', () => {
    fc.assert(
      fc.property(counts, ({ pairs, gained, lost }) => {
        const probability = mcNemarProbability({ pairs, gained, lost });
        expect(probability).toBe(mcNemarProbability({ pairs, gained: lost, lost: gained }));
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('pairedDifferenceInterval', () => {
  it('is what the definition gives by numerical maximisation and root finding', () => {
    for (const row of paired.tango) {
      const [pairs, gained, lost, confidence, limits] = row as [number, number, number, number, [number, number]];
      const { lower, upper } = pairedDifferenceInterval({ pairs, gained, lost }, confidence);
      expect(lower, `${pairs} ${gained} ${lost}`).toBeCloseTo(limits[0], 6);
      expect(upper, `${pairs} ${gained} ${lost}`).toBeCloseTo(limits[1], 6);
    }
  });

  it("holds the difference, mirrors when the sides change, and agrees with McNemar's large-sample test about 0", () => {
    const z = normalQuantile(0.975);
    fc.assert(
      fc.property(counts, ({ pairs, gained, lost }) => {
        const { lower, upper } = pairedDifferenceInterval({ pairs, gained, lost });
        const mirrored = pairedDifferenceInterval({ pairs, gained: lost, lost: gained });
        expect(mirrored).toEqual({ lower: -upper, upper: -lower });
        const difference = (gained - lost) / pairs;
        expect(lower).toBeLessThan(difference);
        expect(upper).toBeGreaterThan(difference);
        const statistic = gained + lost === 0 ? 0 : Math.abs(gained - lost) / Math.sqrt(gained + lost);
        if (Math.abs(statistic - z) > 1e-6) expect(lower <= 0 && upper >= 0).toBe(statistic < z);
      }),
    );
  });

  it('covers the difference about as often as it promises', () => {
    const random = new Random(1, 'paired');
    const [pairs, gain, loss, repetitions] = [200, 0.02, 0.06, 2000];
    let covered = 0;
    for (let repetition = 0; repetition < repetitions; repetition++) {
      let [gained, lost] = [0, 0];
      for (let pair = 0; pair < pairs; pair++) {
        const u = random.uniform();
        if (u < gain) gained++;
        else if (u < gain + loss) lost++;
      }
      const { lower, upper } = pairedDifferenceInterval({ pairs, gained, lost });
      if (lower <= gain - loss && gain - loss <= upper) covered++;
    }
    expect(covered / repetitions).toBeGreaterThan(0.935);
    expect(covered / repetitions).toBeLessThan(0.97);
  });

  it('reaches the ends, and refuses what is no count', () => {
    expect(pairedDifferenceInterval({ pairs: 5, gained: 5, lost: 0 }).upper).toBe(1);
    expect(pairedDifferenceInterval({ pairs: 5, gained: 0, lost: 5 }).lower).toBe(-1);
    expect(() => pairedDifferenceInterval({ pairs: 5, gained: 4, lost: 2 })).toThrow('4 gained and 2 lost of 5');
  });
});
