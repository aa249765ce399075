import { ReluctantError } from '@reluctant/core';
import { inactiveSide, type UpdateRule } from '../model/update-rule.js';
import type { TheoryModel } from './theory-model.js';

/** Why the unit does not come to rest at its teacher's weights v; undefined where it does. */
export function optimumProblem({
  teacher,
  rule,
}: {
  readonly teacher: Pick<TheoryModel['teacher'], 'kind'>;
  readonly rule: UpdateRule;
}): string | undefined {
  if (teacher.kind === 'zero')
    return 'A unit without a signal has no optimum to come to rest at: with a bias it fades.';
  if (teacher.kind === 'none')
    return 'An error of noise alone has no optimum: nothing restores the weights, which diffuse at any step size.';
  const { slope, gate } = inactiveSide(rule);
  if (slope !== 0) return "A leaky unit can't respond as its teacher does, whatever its weights.";
  // At w = v the error of the inactive side is all of the teacher's response, which is negative there.
  if (teacher.kind === 'linear' && gate !== 0)
    return `By the rule ${rule.kind} an inactive unit goes on learning a linear teacher's negative responses, which it can't give.`;
  return undefined;
}

/** @throws ReluctantError `CONFIG_INVALID` where `optimumProblem` has something to say */
export function requireOptimum(model: TheoryModel): void {
  const problem = optimumProblem(model);
  if (problem) throw new ReluctantError('CONFIG_INVALID', problem);
}
