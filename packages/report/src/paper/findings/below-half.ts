import type { BelowHalf, OverSeeds, Verdict } from '../findings.js';
import type { Arm, ConvergenceRule } from '../study-results.js';
import { countConverged } from './convergence.js';
import { behindSkip, completedRuns, finalSites, meanActivation, shareBelowHalf, withoutSkip } from './final-sites.js';
import { overSeeds, overSeedsOrNull, SHARES } from './over-seeds.js';

/**
 * F1 of a network. It holds where the interval of the mean lies below 0.5, and so do more than half of the sites; it does not where that interval
 * lies above 0.5, or that of the share of sites below does below one half. Nothing without a completed run.
 */
export function belowHalf(arm: Arm, rule: ConvergenceRule): BelowHalf | undefined {
  const runs = completedRuns(arm).map(finalSites);
  if (runs.length === 0) return undefined;
  const noSkip = runs.map(withoutSkip);
  const sites = noSkip.flat();
  const below = sites.filter(({ activation }) => activation < 0.5).length;
  const mean = overSeeds(noSkip.map(meanActivation), SHARES);
  const share = overSeeds(noSkip.map(shareBelowHalf), SHARES);
  const skips = runs.map(behindSkip).filter(({ length }) => length > 0);
  return {
    network: arm.label,
    sites: sites.length,
    below,
    share,
    mean,
    behindSkips: overSeedsOrNull(skips.map(meanActivation), SHARES),
    converged: countConverged(arm, rule),
    verdict: verdictOf(mean, share),
  };
}

function verdictOf({ interval: ofMean }: OverSeeds, share: OverSeeds): Verdict {
  if (!ofMean || !share.interval) return 'undecided';
  if (ofMean.lower > 0.5 || share.interval.upper < 0.5) return 'does not hold';
  return ofMean.upper < 0.5 && share.mean > 0.5 ? 'holds' : 'undecided';
}
