import type { InitializationOptions } from '../model/initializations.js';
import { inputCount, type UnitModel } from '../model/unit-model.js';

/** Vectors on which Pr[y>0] and the error are counted where inputs are not normal and have no closed forms. */
export const EVALUATED_INPUTS = 4096;

export type SimulationMethod = 'full' | 'order-parameters';

/** What all parts of a simulation have in common: plain data, sent to every thread. */
export interface SimulationPlan {
  readonly model: UnitModel;
  readonly start: InitializationOptions;
  readonly method: SimulationMethod;
  /** Together with `seed` and a trial's number it decides all that the trial draws. */
  readonly group: string;
  readonly seed: number;
  /** Numbers of updates at which trials are recorded, increasing from 0. */
  readonly grid: readonly number[];
  /** ε: a unit with Pr[y>0] < ε counts as dead. */
  readonly deadBelow: number;
}

/** About how many nanoseconds an update of one trial takes. It decides how work is divided, and nothing in the results. */
export function updateCost({ model, method }: Pick<SimulationPlan, 'model' | 'method'>): number {
  if (method === 'order-parameters') return 15 * model.batchSize;
  const inputs = inputCount(model);
  const factor = model.distribution.factor.kind === 'triangular' ? 0.3 * inputs ** 2 : 0;
  return (15 + 2 * inputs + factor) * model.batchSize;
}

/** About how many nanoseconds it takes to record one trial at one point. */
export function observationCost({ model }: Pick<SimulationPlan, 'model'>): number {
  const { kind, patches } = model.distribution;
  if (kind === 'normal') return 2000;
  const inputs = inputCount(model);
  return patches ? patches.length : EVALUATED_INPUTS * inputs;
}
