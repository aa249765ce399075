import type { InterventionResult, ReluSite } from '@reluctant/core';

/** A unit that was picked, with what stands in the way of changing it, if anything does. */
export interface PickedUnit {
  readonly site: ReluSite;
  readonly unit: number;
  /** A clause, as in `WithheldIntervention`. */
  readonly obstacle?: string;
}

/**
 * What to tell of the units that were picked: by site, those that were changed, and those that were left alone by their reason.
 * @param action in the past tense: what was done to all without an obstacle
 */
export function outcomes(picked: readonly PickedUnit[], action: string): Omit<InterventionResult, 'changes'> {
  const groups = new Map<string, { site: string; obstacle: string | undefined; units: number[] }>();
  for (const { site, unit, obstacle } of picked) {
    const key = JSON.stringify([site.name, obstacle]);
    const group = groups.get(key) ?? { site: site.name, obstacle, units: [] };
    groups.set(key, group);
    group.units.push(unit);
  }
  const all = [...groups.values()];
  return {
    applied: all.flatMap(({ site, obstacle, units }) => (obstacle === undefined ? [{ site, units, action }] : [])),
    withheld: all.flatMap(({ site, obstacle, units }) =>
      obstacle === undefined ? [] : [{ site, units, reason: obstacle }],
    ),
  };
}
