import type { Predictions } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { ablate, ablationPasses, type AblationPlan } from './ablate.js';
import type { UnitSelection } from './unit-selection.js';

/** Two sites of units that add to the logit of class 1: of site a nothing, 1, 2; of site b nothing, nothing, 4. */
const CONTRIBUTIONS: Readonly<Record<string, readonly number[]>> = { a: [0, 1, 2], b: [0, 0, 4] };
const IMAGES: Readonly<Record<string, number>> = { probe: 6, test: 3 };

/** Image i has the logits [3·i, what the units add], and is of class 1. */
function playedNetwork() {
  const asked: [removed: Record<string, readonly number[]>, split: string][] = [];
  const predict = async (removed: UnitSelection, split: string): Promise<Predictions> => {
    asked.push([Object.fromEntries(removed), split]);
    const added = Object.entries(CONTRIBUTIONS).flatMap(([site, units]) =>
      units.filter((_, unit) => !removed.get(site)?.includes(unit)),
    );
    const logit = added.reduce((sum, value) => sum + value, 0);
    const images = [...Array(IMAGES[split]).keys()];
    return {
      logits: Float32Array.from(images.flatMap((image) => [3 * image, logit])),
      labels: Int32Array.from(images, () => 1),
      classes: 2,
    };
  };
  return { asked, predict };
}

const plan: AblationPlan = {
  flagged: new Map([
    ['a', [0]],
    ['b', [0, 1]],
  ]),
  random: [
    new Map([
      ['a', [1]],
      ['b', [2]],
    ]),
    new Map([
      ['a', [2]],
      ['b', [2]],
    ]),
  ],
  splits: ['probe', 'test'],
  labelSmoothing: 0,
  confidence: 0.95,
};

describe('ablate', () => {
  it('tells units that add nothing from those that do, by site and together', async () => {
    const { predict } = playedNetwork();
    const { whole, scopes } = await ablate(plan, predict);
    // 7 against 0, 3, 6, 9, …: three of the images are right.
    expect(whole).toMatchObject([
      { split: 'probe', images: 6, accuracy: 0.5 },
      { split: 'test', images: 3, accuracy: 1 },
    ]);
    expect(scopes.map(({ site, flagged, random }) => [site, flagged, random])).toEqual([
      ['a', 1, 1],
      ['b', 2, 1],
      [null, 3, 2],
    ]);
    for (const { splits } of scopes)
      for (const { flagged } of splits)
        expect(flagged).toMatchObject({ logitsChanged: 0, predictionsChanged: 0, largestLogitChange: 0 });
    const [a, b, all] = scopes.map(({ splits: [probe] }) => probe.random!);
    expect(a.sets.map((set) => set.largestLogitChange)).toEqual([1, 2]);
    expect(b.sets.map((set) => set.largestLogitChange)).toEqual([4, 4]);
    expect(all.sets.map((set) => set.largestLogitChange)).toEqual([5, 6]);
    // Left are 2 and 1: only the first image stays right.
    expect(all.accuracyChange).toMatchObject({ mean: -2 / 6, spread: 0 });
  });

  it('predicts each split as often as it says, the whole network first', async () => {
    const { asked, predict } = playedNetwork();
    await ablate(plan, predict);
    expect(asked).toHaveLength(2 * ablationPasses(plan));
    expect(asked[0]).toEqual([{}, 'probe']);
    expect(asked).toContainEqual([{ a: [0], b: [0, 1] }, 'test']);
    expect(asked).toContainEqual([{ b: [2] }, 'probe']);
  });

  it('has one scope for one site, and no comparison where there are no live units', async () => {
    const { predict } = playedNetwork();
    const alone = { ...plan, flagged: new Map([['a', [0, 1]]]), random: [new Map(), new Map()] };
    const { scopes } = await ablate(alone, predict);
    expect(scopes).toMatchObject([{ site: 'a', flagged: 2, random: 0, splits: [{ random: null }, { random: null }] }]);
    expect(scopes[0].splits[0].flagged).toMatchObject({ largestLogitChange: 1, logitsChanged: 6 });
  });
});
