import { Random } from '@reluctant/core';
import { initialization, type InitializationOptions } from '../model/initializations.js';
import { inputCount, type UnitModel } from '../model/unit-model.js';

/** The teacher's direction, a unit vector without the bias; the first axis where it has none. */
export function directionOf({ teacher: { weights } }: UnitModel, inputs: number): Float64Array {
  const vector = weights.slice(0, inputs);
  const norm = Math.hypot(...vector);
  if (norm > 0) return vector.map((component) => component / norm);
  vector[0] = 1;
  return vector;
}

/** A function that draws a trial's first weights, with the bias last where the unit has one. */
export function initialState(model: UnitModel, start: InitializationOptions): (random: Random) => Float64Array {
  const inputs = inputCount(model);
  const initialize = initialization(start, directionOf(model, inputs), model.hasBias);
  return (random) => {
    const state = new Float64Array(model.input.size);
    const bias = initialize(state.subarray(0, inputs), random);
    if (model.hasBias) state[inputs] = bias;
    return state;
  };
}

/** Weights that all trials start from, without the bias; undefined where they are drawn. */
export function commonWeights(model: UnitModel, start: InitializationOptions): Float64Array | undefined {
  if (start.kind !== 'fixed' && start.kind !== 'weights') return undefined;
  return initialState(model, start)(new Random()).subarray(0, inputCount(model));
}
