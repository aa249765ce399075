import { normalQuantile } from '@reluctant/core';
import { unitModel, type UnitModel } from '../model/unit-model.js';
import { unitOptionsSchema } from '../model/unit-options.js';
import { squaredError } from '../theory/squared-error.js';
import type { RatesOptions } from './rates-options.js';

/** The unit whose optimum fires with this probability. Without noise, so that it gets as near to it as one likes. */
export function modelAt({ inputs, rule, leak, stepSize, teacher }: RatesOptions, probability: number): UnitModel {
  const bias = normalQuantile(probability);
  return unitModel(
    unitOptionsSchema.parse({ inputs, rule, leak, stepSize, noise: 0, teacher: { kind: teacher, norm: 1, bias } }),
  );
}

/** E[g(t)²], the error of a unit that never fires: what decibels refer to. */
export function silentError(model: UnitModel): number {
  return squaredError(model, new Float64Array(model.input.size)).excess;
}
