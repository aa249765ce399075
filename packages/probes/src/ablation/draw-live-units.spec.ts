import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawLiveUnits } from './draw-live-units.js';

const units = fc
  .uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1 })
  .map((list) => list.sort((a, b) => a - b));
const selection = fc
  .record({ a: units, b: units, c: units }, { requiredKeys: ['a'] })
  .map((record) => new Map(Object.entries(record)));

describe('drawLiveUnits', () => {
  it('draws as many live units at each site as are flagged there, none of them flagged or twice', () => {
    fc.assert(
      fc.property(selection, selection, fc.integer(), (flagged, live, seed) => {
        const sets = drawLiveUnits(flagged, live, { sets: 4, seed });
        expect(sets).toHaveLength(4);
        expect(drawLiveUnits(flagged, live, { sets: 4, seed })).toEqual(sets);
        for (const set of sets) {
          for (const site of set.keys()) expect(flagged.has(site)).toBe(true);
          for (const [site, wanted] of flagged) {
            const drawn = set.get(site) ?? [];
            const candidates = (live.get(site) ?? []).filter((unit) => !wanted.includes(unit));
            expect(drawn).toHaveLength(Math.min(wanted.length, candidates.length));
            expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
            for (const unit of drawn) expect(candidates).toContain(unit);
          }
        }
      }),
    );
  });

  it('draws every live unit equally often', () => {
    const live = new Map([['a', [2, 3, 5, 7]]]);
    const counts = new Map<number, number>();
    for (const set of drawLiveUnits(new Map([['a', [0]]]), live, { sets: 4000, seed: 1 })) {
      const [unit] = set.get('a')!;
      counts.set(unit, (counts.get(unit) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([2, 3, 5, 7]);
    // Four standard deviations of Bin(4000, ¼).
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(750));
  });

  it('draws others for another seed, and the same at a site whatever else is flagged', () => {
    const live = new Map([
      ['a', [...Array(30).keys()].slice(3)],
      ['b', [4, 5, 6, 7]],
    ]);
    const flagged = new Map([['a', [0, 1, 2]]]);
    const draw = (seed: number, more: [string, number[]][] = []) =>
      drawLiveUnits(new Map([...flagged, ...more]), live, { sets: 3, seed }).map((set) => set.get('a'));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(1, [['b', [0]]])).toEqual(draw(1));
    expect(new Set(draw(1).map(String)).size).toBe(3);
  });
});
