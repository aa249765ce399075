import type { NamedArrays, Operation } from '@reluctant/core';
import { emptyBounds, type Bounds } from './bounds.js';
import { relativeError, roundDown, roundUp, underflow, withinFloat32 } from './rounding.js';

/** What implementations of sigmoid and tanh in float32 may err by. */
const SMOOTH_ERROR = 2 ** -20;

export function reluBounds({ max = Infinity }: Extract<Operation, { op: 'relu' }>, [input]: readonly Bounds[]): Bounds {
  // Engines may hold the cap in float32.
  const [least, most] = [Math.min(max, Math.fround(max)), Math.max(max, Math.fround(max))];
  return mapBounds(
    input,
    (value) => Math.min(Math.max(value, 0), least),
    (value) => Math.min(Math.max(value, 0), most),
  );
}

/** x where x > 0, otherwise αx, which a negative α turns around. */
export function leakyReluBounds(
  { alpha }: Extract<Operation, { op: 'leakyRelu' }>,
  [input]: readonly Bounds[],
): Bounds {
  const error = relativeError(2);
  const output = emptyBounds(input.shape);
  for (let i = 0; i < input.upper.length; i++) {
    const ends = [input.lower[i], input.upper[i]];
    const values = ends.map((value) => (value > 0 ? value : alpha * value));
    if (ends[0] < 0 && ends[1] > 0) values.push(0);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    output.lower[i] = roundDown(least, error) - underflow(least, 1);
    output.upper[i] = roundUp(most, error) + underflow(most, 1);
  }
  return output;
}

/**
 * What a leak adds to a ReLU's output where the input is below 0. Both come from the same input, and the ReLU's output never falls
 * with it: so the ends belong together, and a negative slope makes them meet in 0. A slope of 0 leaves the ReLU's bounds exactly.
 */
export function leakBounds(
  { slope }: Extract<Operation, { op: 'leak' }>,
  [input, rectified]: readonly Bounds[],
  parameters: NamedArrays,
): Bounds {
  const slopes = parameters[slope].data;
  const error = relativeError(2);
  const output = emptyBounds(input.shape);
  for (let i = 0; i < output.upper.length; i++) {
    const factor = slopes[i % slopes.length];
    const [low, high] = [input.lower[i], input.upper[i]].map((value) => factor * Math.min(value, 0));
    const values = [rectified.lower[i] + low, rectified.upper[i] + high];
    if (input.lower[i] < 0 && input.upper[i] > 0) values.push(0);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    output.lower[i] = factor === 0 ? rectified.lower[i] : withinFloat32(roundDown(least, error) - underflow(least, 2));
    output.upper[i] = factor === 0 ? rectified.upper[i] : withinFloat32(roundUp(most, error) + underflow(most, 2));
  }
  return output;
}

/** A function that never falls, known to `SMOOTH_ERROR`. */
export function smoothBounds([input]: readonly Bounds[], value: (x: number) => number): Bounds {
  return mapBounds(
    input,
    (x) => value(x) - SMOOTH_ERROR,
    (x) => value(x) + SMOOTH_ERROR,
  );
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** A sum that an engine may compute as part of the convolution whose result is one of its terms. */
export function addBounds(inputs: readonly Bounds[]): Bounds {
  const operations = Math.max(...inputs.map(({ terms }) => terms)) + inputs.length;
  const error = relativeError(operations);
  const output = emptyBounds(inputs[0].shape, operations);
  for (let i = 0; i < output.upper.length; i++) {
    let [low, high] = [0, 0];
    for (const { lower, upper } of inputs) {
      low += roundDown(lower[i], error);
      high += roundUp(upper[i], error);
    }
    output.lower[i] = withinFloat32(low - underflow(low, operations));
    output.upper[i] = withinFloat32(high + underflow(high, operations));
  }
  return output;
}

function mapBounds({ shape, lower, upper }: Bounds, low: (x: number) => number, high: (x: number) => number): Bounds {
  return { shape, lower: lower.map(low), upper: upper.map(high), terms: 0 };
}
