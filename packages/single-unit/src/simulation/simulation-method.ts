import { ReluctantError } from '@reluctant/core';
import type { InitializationOptions } from '../model/initializations.js';
import type { UnitModel } from '../model/unit-model.js';
import { orderParameters } from './order-parameters.js';
import type { SimulationMethod } from './simulation-plan.js';

/**
 * How a unit is simulated, and why in full where nothing was asked for.
 *
 * @throws CONFIG_INVALID where order parameters are asked for and don't exist
 */
export function chooseMethod(
  model: UnitModel,
  { start, method }: { readonly start: InitializationOptions; readonly method?: SimulationMethod | 'auto' },
): { readonly method: SimulationMethod; readonly reason?: string } {
  if (method === 'full') return { method };
  const parameters = orderParameters(model, start);
  if (typeof parameters !== 'string') return { method: 'order-parameters' };
  if (method !== 'order-parameters') return { method: 'full', reason: parameters };
  throw new ReluctantError('CONFIG_INVALID', `This unit has no order parameters to be simulated by. ${parameters}`);
}
