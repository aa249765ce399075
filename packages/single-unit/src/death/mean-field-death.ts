import { unitModel, type UnitModel } from '../model/unit-model.js';
import type { Stepwise } from '../numerics/stepwise.js';
import { deathProbabilityInSteps, type GaussianStart } from '../theory/death/death-probability.js';
import { planarModel } from '../theory/evolution/planar-model.js';
import type { InitializationOptions } from '../model/initializations.js';
import { unitOf, type DeathOptions } from './death-options.js';

/**
 * The share that is dead at the horizon by the mean field, in the limit of small steps: known for a unit with a bias, white normal
 * inputs of mean 0 and variance 1, plain updates, and weights that are drawn from a normal law without a preferred direction.
 * Yields the share of the work that was done since it last yielded.
 *
 * @returns undefined where it is not known
 */
export function* meanFieldDeath(
  options: DeathOptions,
  inputs: number,
  start: InitializationOptions,
  horizon: number,
): Stepwise<number | undefined> {
  const gaussian = gaussianStart(start, inputs);
  const model = unitModel(unitOf(options, { inputs, stepSize: 1, noise: 0 }));
  if (!gaussian || !isPlain(model)) return undefined;
  return yield* deathProbabilityInSteps(model, true, gaussian, { horizon, below: options.deadBelow });
}

function gaussianStart(start: InitializationOptions, inputs: number): GaussianStart | undefined {
  switch (start.kind) {
    case 'he':
      return { variance: 2 / inputs, bias: 0 };
    case 'xavier':
      return { variance: 2 / (inputs + 1), bias: 0 };
    case 'lecun':
      return { variance: 1 / inputs, bias: 0 };
    case 'gaussian':
      return { variance: start.deviation ** 2, bias: 0 };
    case 'positive-bias':
      return { variance: 2 / inputs, bias: start.bias };
    default:
      return undefined;
  }
}

function isPlain(model: UnitModel): boolean {
  const { hasBias, distribution, momentum, weightDecay } = model;
  if (!hasBias || distribution.kind !== 'normal' || distribution.delayLine || momentum > 0 || weightDecay > 0) {
    return false;
  }
  try {
    planarModel(model, hasBias);
    return true;
  } catch {
    return false;
  }
}
