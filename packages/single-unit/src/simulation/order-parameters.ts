import type { Random } from '@reluctant/core';
import { initialBias, weightDeviation, type InitializationOptions } from '../model/initializations.js';
import { inputCount, type UnitModel } from '../model/unit-model.js';
import { addScaled, dot, scaled } from '../numerics/matrix.js';
import { commonWeights, directionOf, initialState } from './initial-state.js';

/**
 * A smaller unit that is simulated in a larger one's place. Its weights are w·d₁ and w·d₂ (0 where there is one direction), the
 * length of what is orthogonal to them, and the bias: a Markov chain of the same law, whatever the number of inputs.
 */
export interface OrderParameters {
  /** d: one or two orthonormal vectors, the teacher's direction first. */
  readonly directions: readonly Float64Array[];
  /** Dimensions across the directions, ≥ 0. */
  readonly across: number;
  /** The unit in these coordinates, of three inputs, as theory and simulation see it. */
  readonly reduced: UnitModel;
}

/** Relative length below which a vector counts as lying in the span of others: rounding leaves about 1e-15. */
const IN_SPAN = 1e-12;

/**
 * The order parameters of a unit, or why it has none, for people. They are exact for normal inputs of one variance, drawn
 * independently, if everything that is not the same in all directions (the teacher, the inputs' mean, fixed initial weights) lies
 * in a plane.
 */
export function orderParameters(model: UnitModel, start: InitializationOptions): OrderParameters | string {
  const { distribution, momentum, input } = model;
  const { factor } = distribution;
  if (distribution.kind !== 'normal') return 'Inputs are not normal.';
  if (distribution.delayLine) return 'Successive inputs are not independent.';
  if (factor.kind !== 'diagonal' || factor.deviations.some((deviation) => deviation !== factor.deviations[0])) {
    return 'Inputs are correlated, or differ in variance.';
  }
  if (momentum > 0) return 'With momentum the velocity is a second vector across the directions.';
  if (start.kind === 'randomized-asymmetric') return 'Initial weights are not distributed alike in all directions.';

  const inputs = inputCount(model);
  const vectors = [directionOf(model, inputs), input.mean.subarray(0, inputs)];
  const common = commonWeights(model, start);
  if (common) vectors.push(common);
  const directions = orthonormal(vectors);
  if (directions.length > 2) return 'Teacher, mean of the inputs and initial weights do not lie in a plane.';
  return { directions, across: inputs - directions.length, reduced: reducedModel(model, directions) };
}

/** A function that draws a trial's first order parameters. Its cost doesn't depend on the number of inputs. */
export function initialOrderParameters(
  parameters: OrderParameters,
  model: UnitModel,
  start: InitializationOptions,
): (random: Random) => Float64Array {
  const { directions, across, reduced } = parameters;
  const deviation = weightDeviation(start, inputCount(model));
  if (deviation === undefined) {
    const draw = initialState(model, start);
    return (random) => toOrderParameters(parameters, draw(random));
  }
  return (random) => {
    const state = new Float64Array(reduced.input.size);
    for (let i = 0; i < directions.length; i++) state[i] = deviation * random.normal();
    state[2] = deviation * Math.sqrt(chiSquare(across, random));
    if (reduced.hasBias) state[3] = initialBias(start);
    return state;
  };
}

/** A χ² variate by Marsaglia and Tsang's rejection (2000); below two degrees of freedom a squared normal one, or 0. */
function chiSquare(degrees: number, random: Random): number {
  if (degrees < 2) return degrees === 1 ? random.normal() ** 2 : 0;
  const d = degrees / 2 - 1 / 3;
  for (;;) {
    const z = random.normal();
    const v = (1 + z / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < z ** 2 / 2 + d * (1 - v + Math.log(v))) return 2 * d * v;
  }
}

/** Coordinates of weights: along the directions, the length across, and the bias where there is one. */
export function toOrderParameters({ directions, reduced }: OrderParameters, weights: Float64Array): Float64Array {
  const inputs = directions[0].length;
  const across = weights.slice(0, inputs);
  const state = new Float64Array(reduced.input.size);
  directions.forEach((direction, i) => {
    state[i] = dot(direction, across);
    addScaled(across, -state[i], direction);
  });
  const length = Math.sqrt(dot(across, across));
  // What rounding leaves across two directions in the plane would be an arbitrary third one.
  state[2] = length > IN_SPAN * Math.hypot(...weights) ? length : 0;
  if (reduced.hasBias) state[3] = weights[inputs];
  return state;
}

/** An orthonormal basis of the vectors' span (Gram and Schmidt), in their order. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    // Twice: what rounding has left along the basis after once is gone then.
    for (const direction of [...basis, ...basis]) addScaled(rest, -dot(direction, rest), direction);
    const length = Math.sqrt(dot(rest, rest));
    if (length > IN_SPAN * Math.sqrt(dot(vector, vector))) basis.push(scaled(rest, 1 / length));
  }
  return basis;
}

function reducedModel(model: UnitModel, directions: readonly Float64Array[]): UnitModel {
  const { input, teacher, hasBias, distribution } = model;
  const inputs = directions[0].length;
  const along = (vector: Float64Array) =>
    Float64Array.from({ length: 3 }, (_, i) =>
      i < directions.length ? dot(directions[i], vector.subarray(0, inputs)) : 0,
    );
  const withBias = (vector: Float64Array, last: number) => (hasBias ? Float64Array.of(...vector, last) : vector);
  const size = hasBias ? 4 : 3;
  const deviation = distribution.factor.kind === 'diagonal' ? distribution.factor.deviations[0] : NaN;
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < 3; i++) covariance[i * (size + 1)] = deviation ** 2;
  return {
    ...model,
    input: { size, mean: withBias(along(input.mean), 1), covariance },
    teacher: { kind: teacher.kind, weights: withBias(along(teacher.weights), teacher.weights[inputs]) },
    distribution: { kind: 'normal', factor: { kind: 'diagonal', deviations: new Float64Array(3).fill(deviation) } },
  };
}
