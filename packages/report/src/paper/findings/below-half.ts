import type { BelowHalf, OverSeeds, Verdict } from '../findings.js';
import type { Arm, ConvergenceRule } from '../study-results.js';
import { countConverged } from './convergence.js';
import { behindSkip, completedRuns, finalSites, meanActivation, shareBelowHalf, withoutSkip } from './final-sites.js';
import { overSeeds, overSeedsOrNull, SHARES } from './over-seeds.js';

/**
 * F1 of a network. It holds where the interval of the mean lies below 0.5, and so do more than half of the sites; it does not where the interval
 * lies above 0.5 or fewer than half of the sites do. Nothing without a completed run.
 */
export function belowHalf(arm: Arm, rule: ConvergenceRule): BelowHalf | undefined {
  const runs = completedRuns(arm).map(finalSites);
  if (runs.length === 0) return undefined;
  const noSkip = runs.map(withoutSkip);
  const sites = noSkip.flat();
  const below = sites.filter(({ activation }) => activation < 0.5).length;
  const mean = overSeeds(noSkip.map(meanActivation), SHARES);
  const skips = runs.map(behindSkip).filter(({ length }) => length > 0);
  return {
    network: arm.label,
    sites: sites.length,
    below,
    share: overSeeds(noSkip.map(shareBelowHalf), SHARES),
    mean,
    behindSkips: overSeedsOrNull(skips.map(meanActivation), SHARES),
    converged: countConverged(arm, rule),
    verdict: verdictOf(mean, below / sites.length),
  };
}

function verdictOf({ interval }: OverSeeds, share: number): Verdict {
  if (!interval) return 'undecided';
  if (interval.lower > 0.5 || share < 0.5) return 'does not hold';
  return interval.upper < 0.5 && share > 0.5 ? 'holds' : 'undecided';
}
