import { theilSen } from '@reluctant/core';
import type { FallWithDepth } from '../findings.js';
import type { Arm } from '../study-results.js';
import { belowZero } from './below-zero.js';
import { completedRuns, finalSites, tauOverDepth, withoutSkip, type FinalSite } from './final-sites.js';
import { DIFFERENCES, overSeeds } from './over-seeds.js';

/** A trend needs so many sites. */
export const FEWEST_SITES = 3;

/**
 * F2 of a network: over the sites without a skip connection, and over all where there are others. It holds where the interval of τ over seeds
 * lies below 0, and does not where it lies above. Nothing without a completed run or with fewer than three sites.
 */
export function fallWithDepth(arm: Arm): readonly FallWithDepth[] {
  const runs = completedRuns(arm).map(finalSites);
  if (runs.length === 0) return [];
  const noSkip = trend(arm.label, 'no skip', runs.map(withoutSkip));
  const mixed = runs[0]!.some(({ site }) => site.skip);
  return [...noSkip, ...(mixed ? trend(arm.label, 'all sites', runs) : [])];
}

function trend(
  network: string,
  of: FallWithDepth['of'],
  runs: readonly (readonly FinalSite[])[],
): readonly FallWithDepth[] {
  const sites = runs[0]!.length;
  if (sites < FEWEST_SITES) return [];
  const tau = overSeeds(runs.map(tauOverDepth), DIFFERENCES);
  return [
    {
      network,
      of,
      sites,
      tau,
      change: overSeeds(runs.map(changeOverDepth), DIFFERENCES),
      verdict: belowZero(tau.interval),
    },
  ];
}

/** From the first to the last site, along the line through all. */
function changeOverDepth(sites: readonly FinalSite[]): number {
  const depths = sites.map(({ site }) => site.depth);
  const { slope } = theilSen(
    depths,
    sites.map(({ activation }) => activation),
  );
  return slope * (depths.at(-1)! - depths[0]!);
}
