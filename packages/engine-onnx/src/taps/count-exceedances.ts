import { ACTIVATION_LEVELS } from '@reluctant/core';
import type { Emission } from '../lowering/emission.js';
import type { Activation } from '../lowering/strategy.js';
import type { GraphBuilder, Value } from '../onnx/graph-builder.js';
import { countByLine } from './count-by-line.js';
import { mapReducer, type PerImage } from './reduce-map.js';

/** 2^60: the smallest difference between a level and the next larger float32 number, 2^−31, times this is far above 1. */
const STEEPNESS = 2 ** 60;

/**
 * How many elements lie above each of `ACTIVATION_LEVELS`: the counts of every image and unit for the first level, those for the next one
 * behind them.
 *
 * @param byLine for maps that are too large to be counted in float32: a row for every line of every map, to be added up outside
 */
export function countExceedances(emission: Emission, tapped: Activation, byLine: boolean): PerImage {
  const { builder, batch } = emission;
  const units = tapped.shape.at(-1)!;
  const reducer = mapReducer(emission, tapped);
  const counts = ACTIVATION_LEVELS.map((level): PerImage => {
    const value = above(builder, tapped.value, level);
    if (byLine) return countByLine(emission, { ...tapped, value });
    const perImage = reducer.sum(value);
    return { ...perImage, value: builder.reshape(perImage.value, [batch, units]), dims: [batch, units] };
  });
  const [{ dims, scale }] = counts;
  const value = builder.op('Concat', counts.map((count) => count.value), { axis: 0 }); // prettier-ignore
  return { value, dims: [counts.length * dims[0], ...dims.slice(1)], scale };
}

/**
 * 1 where a value is above the level and 0 elsewhere, in a single vectorised pass: min(1, max(0, s·x − s·level)). Exact, because s and
 * the level are powers of two: both products are, and a difference is 0 or below, or at least s times that to the next number.
 */
function above(builder: GraphBuilder, value: Value, level: number): Value {
  return builder.op('HardSigmoid', [value], { alpha: { float: STEEPNESS }, beta: { float: -STEEPNESS * level } });
}
