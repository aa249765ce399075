import { mean } from '@reluctant/core';
import type { ArmConvergence } from '../findings.js';
import type { Arm, ConvergenceRule, StudyResults, TrainedRun } from '../study-results.js';
import { completedRuns } from './final-sites.js';

export interface Convergence {
  /** Over the last epochs of the rule: the largest range of a site's mean of Pr[y>0]; null where there are not so many. */
  readonly activationRange: number | null;
  /** Range of the epochs' mean training losses by the first of them; null where there are not so many. */
  readonly lossRange: number | null;
  readonly byActivation: boolean;
  readonly byLoss: boolean;
  /** By either. */
  readonly converged: boolean;
}

/** Whether a run has converged by the rule. A diverged one has not. */
export function convergenceOf(run: TrainedRun, rule: ConvergenceRule): Convergence {
  const from = run.course.at(-1)!.epoch - rule.epochs;
  const points = run.course.filter(({ epoch }) => epoch >= from);
  const losses = run.losses.filter(({ epoch }) => epoch >= from).map(({ loss }) => loss);
  const activationRange =
    from < 0
      ? null
      : Math.max(...run.sites.map((_, index) => range(points.map(({ activation }) => activation[index]!))));
  // The first epoch has no loss before it to be compared with.
  const lossRange = from < 1 || losses.length < 2 ? null : range(losses) / run.losses[0]!.loss;
  const completed = run.status === 'completed';
  const byActivation = completed && activationRange !== null && activationRange <= rule.activation;
  const byLoss = completed && lossRange !== null && lossRange <= rule.loss;
  return { activationRange, lossRange, byActivation, byLoss, converged: byActivation || byLoss };
}

/** How many runs of an arm have converged. */
export function countConverged({ runs }: Arm, rule: ConvergenceRule): number {
  return runs.filter((run) => convergenceOf(run, rule).converged).length;
}

/** Every arm of a study, but for those all of whose runs stand in others before. */
export function armConvergences(results: StudyResults): readonly ArmConvergence[] {
  const { networks, skips, initializers, factors, convergence } = results;
  const named = (prefix: string, arms: readonly Arm[]) =>
    arms.map((arm) => ({ ...arm, label: `${prefix}, ${arm.label}` }));
  const arms = [
    ...networks,
    ...skips.flatMap((pair) => named(pair.label, [pair.with, pair.without])),
    ...initializers.flatMap(({ label, arms }) => named(label, arms)),
    ...factors.flatMap(({ label, arms }) => named(label, arms)),
  ];
  const listed = new Set<string>();
  return arms.flatMap((arm) => {
    const fresh = arm.runs.filter(({ job }) => !listed.has(job));
    for (const { job } of fresh) listed.add(job);
    return fresh.length > 0 ? [armConvergence(arm, convergence)] : [];
  });
}

function armConvergence(arm: Arm, rule: ConvergenceRule): ArmConvergence {
  const completed = completedRuns(arm).map((run) => convergenceOf(run, rule));
  const count = (of: 'byActivation' | 'byLoss' | 'converged') => completed.filter((run) => run[of]).length;
  const meanOf = (of: 'activationRange' | 'lossRange') => {
    const values = completed.flatMap((run) => run[of] ?? []);
    return values.length > 0 ? mean(values) : null;
  };
  return {
    label: arm.label,
    runs: arm.runs.length,
    diverged: arm.runs.length - completed.length,
    byActivation: count('byActivation'),
    byLoss: count('byLoss'),
    converged: count('converged'),
    activationRange: meanOf('activationRange'),
    lossRange: meanOf('lossRange'),
  };
}

/** Runs of all arms together: how many there are, and how many converged and diverged. */
export function runTotals(arms: readonly ArmConvergence[]): Pick<ArmConvergence, 'runs' | 'converged' | 'diverged'> {
  const total = (of: 'runs' | 'converged' | 'diverged') => arms.reduce((sum, arm) => sum + arm[of], 0);
  return { runs: total('runs'), converged: total('converged'), diverged: total('diverged') };
}

function range(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
