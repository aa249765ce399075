import type { ArmOutcome } from '../findings.js';
import type { Arm, ConvergenceRule } from '../study-results.js';
import { countConverged } from './convergence.js';
import { FEWEST_SITES } from './fall-with-depth.js';
import {
  completedRuns,
  deadShare,
  finalSites,
  meanActivation,
  shareBelowHalf,
  tauOverDepth,
  withoutSkip,
} from './final-sites.js';
import { DIFFERENCES, overSeedsOrNull, SHARES } from './over-seeds.js';

/** How the runs of an arm ended. */
export function armOutcome(arm: Arm, rule: ConvergenceRule): ArmOutcome {
  const runs = completedRuns(arm);
  const all = runs.map(finalSites);
  const noSkip = all.map(withoutSkip);
  return {
    label: arm.label,
    runs: arm.runs.length,
    diverged: arm.runs.length - runs.length,
    converged: countConverged(arm, rule),
    mean: overSeedsOrNull(noSkip.map(meanActivation), SHARES),
    below: overSeedsOrNull(noSkip.map(shareBelowHalf), SHARES),
    dead: overSeedsOrNull(all.map(deadShare), SHARES),
    tau: overSeedsOrNull(noSkip.filter(({ length }) => length >= FEWEST_SITES).map(tauOverDepth), DIFFERENCES),
    testAccuracy: overSeedsOrNull(
      runs.flatMap(({ testAccuracy }) => testAccuracy ?? []),
      SHARES,
    ),
  };
}

/** Greatest less least of the arms' means of Pr[y>0]; null of fewer than two. */
export function rangeOfMeans(arms: readonly ArmOutcome[]): number | null {
  const means = arms.flatMap(({ mean }) => mean?.mean ?? []);
  return means.length < 2 ? null : Math.max(...means) - Math.min(...means);
}
