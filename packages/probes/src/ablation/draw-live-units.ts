import { Random } from '@reluctant/core';
import type { UnitSelection } from './unit-selection.js';

/**
 * Sets of live units to compare with: at every site as many as are flagged there, drawn without replacement from the live ones that are
 * not flagged; all of those where there are fewer. Set `k` depends on the seed, `k` and the site alone.
 * @param live numbers of the units that fired, by site
 * @param sets how many sets are drawn
 */
export function drawLiveUnits(
  flagged: UnitSelection,
  live: UnitSelection,
  { sets, seed }: { readonly sets: number; readonly seed: number },
): readonly UnitSelection[] {
  return Array.from({ length: sets }, (_, set) => {
    const drawn = [...flagged].map(([site, units]) => {
      const candidates = (live.get(site) ?? []).filter((unit) => !units.includes(unit));
      const some = new Random(seed, 'ablation', set, site).shuffle(candidates).slice(0, units.length);
      return [site, some.sort((a, b) => a - b)] as const;
    });
    return new Map(drawn.filter(([, units]) => units.length > 0));
  });
}
