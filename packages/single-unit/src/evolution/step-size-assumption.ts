import type { UnitModel } from '../model/unit-model.js';
import { reduceWhiteInput } from '../theory/evolution/white-reduction.js';
import { optimumProblem } from '../theory/optimum.js';
import { meanSquareOperators } from '../theory/stability/mean-square-operators.js';
import { meanSquareStepSizeBound } from '../theory/stability/step-size-bounds.js';

/** Whether the step size lies below the bound at which the mean square of the weights stays finite near the optimum. */
export interface StepSizeAssumption {
  /** μ, or μ/(1 − β) with momentum β. */
  readonly effective: number;
  /** Undefined where it is not known: see `reason`. */
  readonly bound?: number;
  readonly reason?: string;
}

/** Above so many inputs that are not white the bound costs too much. */
const MOST_WEIGHTS = 17;

export function stepSizeAssumption(model: UnitModel): StepSizeAssumption {
  const effective = model.stepSize / (1 - model.momentum);
  const problem = optimumProblem(model);
  if (problem) return { effective, reason: problem };
  if (model.input.size > MOST_WEIGHTS && !reduceWhiteInput(model.input, model.hasBias, [])) {
    return { effective, reason: `It is computed for inputs that are not white up to ${MOST_WEIGHTS} weights.` };
  }
  return {
    effective,
    bound: meanSquareStepSizeBound(meanSquareOperators(model, model.hasBias, model.batchSize)),
  };
}
