import { describe, expect, it } from 'vitest';
import type { StudySite } from '../study-results.js';
import { plainSites, plantedArm, residualSites } from '../samples/planted-study.js';
import { fallWithDepth } from './fall-with-depth.js';

const SEEDS = [1, 2, 3, 4];
const network = (slope: number, siteDeviation = 0.02) => ({
  label: 'network',
  sites: plainSites(8),
  activation: ({ depth }: StudySite) => 0.5 + slope * depth,
  seedDeviation: 0.05,
  siteDeviation,
});

describe('fallWithDepth', () => {
  it('finds a planted slope, either way', () => {
    const [falling] = fallWithDepth(plantedArm(network(-0.03, 0), SEEDS));
    expect(falling).toMatchObject({ network: 'network', of: 'no skip', sites: 8, verdict: 'holds' });
    expect(falling!.tau.mean).toBeCloseTo(-1, 12);
    expect(falling!.change.mean).toBeCloseTo(-0.03 * 7, 12);
    expect(fallWithDepth(plantedArm(network(0.03), SEEDS))[0]!.verdict).toBe('does not hold');
  });

  it.each([0, -0.01])('covers what is planted in about 95 of 100 studies: slope %d', (slope) => {
    const studies = 500;
    let [covered, holds] = [0, 0];
    for (let study = 0; study < studies; study++) {
      const seeds = SEEDS.map((seed) => 1000 + 10 * study + seed);
      const [{ change, verdict }] = fallWithDepth(plantedArm(network(slope), seeds)) as [
        ReturnType<typeof fallWithDepth>[0],
      ];
      covered += Number(change.interval!.lower <= 7 * slope && 7 * slope <= change.interval!.upper);
      holds += Number(verdict === 'holds');
    }
    expect(covered / studies).toBeGreaterThan(0.92);
    expect(covered / studies).toBeLessThan(0.985);
    // Without a slope it is said to hold in 2.5 of 100.
    if (slope === 0) expect(holds / studies).toBeLessThan(0.05);
    else expect(holds / studies).toBeGreaterThan(0.5);
  });

  it('looks at sites without skips by themselves where there are others', () => {
    const sites = residualSites(4);
    const arm = plantedArm(
      { label: 'residual', sites, activation: ({ skip, depth }) => (skip ? 0.9 : 0.5) - 0.02 * depth },
      SEEDS,
    );
    const [noSkip, all] = fallWithDepth(arm);
    expect(noSkip).toMatchObject({ of: 'no skip', sites: 5 });
    expect(noSkip!.tau.mean).toBeCloseTo(-1, 12);
    expect(all).toMatchObject({ of: 'all sites', sites: 9 });
    expect(all!.tau.mean).toBeGreaterThan(-1);
  });

  it('says nothing of two sites or of no completed run', () => {
    expect(fallWithDepth(plantedArm({ ...network(-0.1), sites: plainSites(2) }, SEEDS))).toEqual([]);
    expect(fallWithDepth(plantedArm({ ...network(-0.1), status: 'diverged' }, SEEDS))).toEqual([]);
  });
});
