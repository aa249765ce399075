import { varianceComponents, type VarianceComponents } from '@reluctant/core';
import type { ArmOutcome, InitializationSpread, Verdict } from '../findings.js';
import type { Arm, ConvergenceRule, StudyResults } from '../study-results.js';
import { armOutcome, rangeOfMeans } from './arm-outcome.js';
import { completedRuns, deadShare, finalSites, meanActivation, withoutSkip, type FinalSite } from './final-sites.js';

/**
 * F4: what the initializer makes of the final Pr[y>0] and of the share of dead units. The claim is not that initializers make no difference, which the
 * variance components tell, but that Pr[y>0] ends below 0.5 from every one: it holds where the interval of each lies below, and does not where one lies
 * above. Initializers from which every run diverged are told and not judged.
 */
export function initializationSpread(
  { label, arms }: StudyResults['initializers'][number],
  rule: ConvergenceRule,
): InitializationSpread {
  const outcomes = arms.map((arm) => armOutcome(arm, rule));
  return {
    label,
    arms: outcomes,
    range: rangeOfMeans(outcomes),
    activation: components(arms, (sites) => meanActivation(withoutSkip(sites))),
    dead: components(arms, deadShare),
    verdict: verdictOf(outcomes),
  };
}

function components(arms: readonly Arm[], value: (sites: readonly FinalSite[]) => number): VarianceComponents | null {
  const groups = arms.map((arm) => completedRuns(arm).map((run) => value(finalSites(run))));
  const repeated = groups.filter(({ length }) => length > 1);
  return repeated.length < 2 ? null : varianceComponents(repeated);
}

function verdictOf(outcomes: readonly ArmOutcome[]): Verdict {
  const means = outcomes.flatMap(({ mean }) => mean ?? []);
  if (means.length < 2) return 'not tested';
  if (means.some(({ interval }) => interval && interval.lower > 0.5)) return 'does not hold';
  return means.every(({ interval }) => interval && interval.upper < 0.5) ? 'holds' : 'undecided';
}
