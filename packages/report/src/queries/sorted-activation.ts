import { chunks } from './chunks.js';
import type { ActivationByDepth } from './activation-by-depth.js';
import type { Site } from './sites.js';

/** The units of a site in the order of Pr[y>0], from the most active to the least. */
export interface SortedActivation {
  readonly site: Site;
  readonly units: number;
  /** `share` ∈ [0, 1] of the units are more active than this one, half of itself counted. */
  readonly points: readonly { readonly share: number; readonly pr: number }[];
  /** Units behind each point, at most; 1 where every unit has its own. */
  readonly unitsPerPoint: number;
}

/** Sorted activation probabilities as Maas, Hannun & Ng (2013) drew them. Points of many units are their means. */
export function sortedActivation({ layers }: ActivationByDepth, mostPoints = 100): readonly SortedActivation[] {
  return layers.flatMap(({ site, pr }) => {
    const sorted = pr.filter(Number.isFinite).sort((a, b) => b - a);
    if (sorted.length === 0) return [];
    const parts = chunks(sorted, mostPoints);
    let before = 0;
    const points = parts.map((part) => {
      const share = (before + part.length / 2) / sorted.length;
      before += part.length;
      return { share, pr: part.reduce((sum, value) => sum + value, 0) / part.length };
    });
    return [{ site, units: sorted.length, points, unitsPerPoint: Math.max(...parts.map(({ length }) => length)) }];
  });
}
