import { ReluctantError } from '@reluctant/core';
import { inactiveSide } from '../model/update-rule.js';
import type { TheoryModel } from './theory-model.js';

/** Why the unit does not come to rest at its teacher's weights v; undefined where it does. */
export function optimumProblem({ teacher, rule }: TheoryModel): string | undefined {
  if (teacher.kind === 'zero')
    return 'A unit without a signal has no optimum to come to rest at: with a bias it fades.';
  if (teacher.kind === 'none')
    return 'An error of noise alone has no optimum: nothing restores the weights, which diffuse at any step size.';
  if (inactiveSide(rule).slope !== 0) return "A leaky unit can't respond as its teacher does, whatever its weights.";
  return undefined;
}

/** @throws ReluctantError `CONFIG_INVALID` where `optimumProblem` has something to say */
export function requireOptimum(model: TheoryModel): void {
  const problem = optimumProblem(model);
  if (problem) throw new ReluctantError('CONFIG_INVALID', problem);
}
