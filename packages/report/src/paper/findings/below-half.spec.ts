import { describe, expect, it } from 'vitest';
import { plainSites, plantedArm, residualSites, RULE } from '../samples/planted-study.js';
import { belowHalf } from './below-half.js';

const SEEDS = [1, 2, 3, 4];
const network = (level: number, deviation = 0.01) => ({
  label: 'network',
  sites: plainSites(5),
  activation: () => level,
  seedDeviation: deviation,
});
const of = (level: number, deviation?: number) => belowHalf(plantedArm(network(level, deviation), SEEDS), RULE)!;

describe('belowHalf', () => {
  it('tells a network that is below from one that is above, and neither where the seeds do not agree', () => {
    expect(of(0.4)).toMatchObject({ network: 'network', sites: 20, below: 20, converged: 4, verdict: 'holds' });
    expect(of(0.6)).toMatchObject({ sites: 20, below: 0, verdict: 'does not hold' });
    expect(of(0.49, 0.1).mean.interval!.upper).toBeGreaterThan(0.5);
    expect(of(0.49, 0.1).verdict).toBe('undecided');
  });

  it('does not hold where a few silent sites pull the mean below, and most are above in every run', () => {
    const few = { ...network(0), activation: ({ depth }: { depth: number }) => (depth <= 2 ? 0.1 : 0.55) };
    expect(belowHalf(plantedArm(few, SEEDS), RULE)).toMatchObject({ below: 8, sites: 20, verdict: 'does not hold' });
    // Which side of one half a site is on is chance here.
    const chance = { ...network(0.5, 0), siteDeviation: 0.01 };
    expect(belowHalf(plantedArm(chance, [5, 6]), RULE)!.verdict).toBe('undecided');
  });

  it('counts sites behind skips apart', () => {
    const arm = plantedArm(
      { label: 'residual', sites: residualSites(3), activation: ({ skip }) => (skip ? 0.7 : 0.3) },
      SEEDS,
    );
    const found = belowHalf(arm, RULE)!;
    expect(found).toMatchObject({ sites: 16, below: 16, verdict: 'holds' });
    expect(found.mean.mean).toBeCloseTo(0.3, 12);
    expect(found.behindSkips!.mean).toBeCloseTo(0.7, 12);
  });

  it('needs a second run to decide, and a completed one to say anything', () => {
    expect(belowHalf(plantedArm(network(0.4), [1]), RULE)!.verdict).toBe('undecided');
    expect(belowHalf(plantedArm({ ...network(0.4), status: 'diverged' }, SEEDS), RULE)).toBeUndefined();
  });

  it('covers the mean of all seeds in about 95 of 100 studies, also at the border, where it is undecided', () => {
    let [covered, undecided] = [0, 0];
    const studies = 500;
    for (let study = 0; study < studies; study++) {
      const seeds = SEEDS.map((seed) => 1000 + 10 * study + seed);
      const { mean, verdict } = belowHalf(plantedArm({ ...network(0.5, 0.03), siteDeviation: 0.02 }, seeds), RULE)!;
      covered += Number(mean.interval!.lower <= 0.5 && 0.5 <= mean.interval!.upper);
      undecided += Number(verdict !== 'holds');
    }
    expect(covered / studies).toBeGreaterThan(0.92);
    expect(covered / studies).toBeLessThan(0.98);
    // Of the wrong ones half are on either side.
    expect(undecided / studies).toBeGreaterThan(0.95);
  });
});
