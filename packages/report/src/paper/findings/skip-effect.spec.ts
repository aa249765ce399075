import { describe, expect, it } from 'vitest';
import type { StudySite } from '../study-results.js';
import { plantedArm, residualSites } from '../samples/planted-study.js';
import { skipEffect } from './skip-effect.js';

const SEEDS = [1, 2, 3, 4];

/** Seeds move whole runs by far more than the skips do: only pairs can tell. */
function pair(effect: (site: StudySite) => number, seeds: readonly number[] = SEEDS) {
  const network = (label: string, skips: boolean) => ({
    label,
    sites: residualSites(3, skips),
    activation: (site: StudySite) => 0.45 + (skips ? effect(site) : 0),
    seedDeviation: 0.2,
    siteDeviation: 0.01,
  });
  // Labels of one length have the same chance at one seed.
  return {
    label: 'residual',
    with: plantedArm(network('with', true), seeds),
    without: plantedArm(network('none', false), [...seeds].reverse()),
  };
}

describe('skipEffect', () => {
  it('finds a planted difference between runs of one seed, whatever seeds do', () => {
    const found = skipEffect(pair(({ skip }) => (skip ? 0.1 : -0.02)))!;
    expect(found).toMatchObject({ label: 'residual', pairs: 4, verdict: 'holds' });
    const means = Object.fromEntries(found.places.map(({ place, difference }) => [place, difference.mean]));
    expect(means['behind addition']).toBeCloseTo(0.1, 10);
    expect(means['in block']).toBeCloseTo(-0.02, 10);
    expect(means['elsewhere']).toBeCloseTo(-0.02, 10);
    expect(means['all']).toBeCloseTo((3 * 0.1 - 4 * 0.02) / 7, 10);
    expect(found.sites.map(({ place }) => place)).toEqual([
      'elsewhere',
      ...Array.from({ length: 3 }, () => ['in block', 'behind addition']).flat(),
    ]);
  });

  it('covers no difference in about 95 of 100 studies', () => {
    const studies = 500;
    let [covered, holds] = [0, 0];
    for (let study = 0; study < studies; study++) {
      const seeds = SEEDS.map((seed) => 1000 + 10 * study + seed);
      const { with: having } = pair(() => 0, seeds);
      // With chance of its own, that of another seed.
      const runs = seeds.map((seed) => ({ ...pair(() => 0, [seed + 5]).without.runs[0]!, seed }));
      const { places, verdict } = skipEffect({ label: 'residual', with: having, without: { label: 'without', runs } })!;
      const { interval } = places.find(({ place }) => place === 'behind addition')!.difference;
      covered += Number(interval!.lower <= 0 && 0 <= interval!.upper);
      holds += Number(verdict === 'holds');
    }
    expect(covered / studies).toBeGreaterThan(0.92);
    expect(covered / studies).toBeLessThan(0.98);
    expect(holds).toBe(studies - covered);
  });

  it('takes seeds that only one side has, or that diverged, as no pair', () => {
    const both = pair(() => 0.1);
    const few = { ...both, without: { ...both.without, runs: both.without.runs.filter(({ seed }) => seed === 2) } };
    expect(skipEffect(few)).toMatchObject({ pairs: 1, verdict: 'undecided' });
    const diverged = { ...both.with, runs: both.with.runs.map((run) => ({ ...run, status: 'diverged' as const })) };
    expect(skipEffect({ ...both, with: diverged })).toBeUndefined();
  });
});
