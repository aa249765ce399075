import type { GraphBuilder, Value } from '../onnx/graph-builder.js';
import { steepSigmoid, type Emission } from './emission.js';
import type { Activation, NodeOf } from './strategy.js';

/** Whether a pooling takes windows of 2×2 that do not overlap, and an even map whole. */
export const halvesMap = ({ operation }: NodeOf<'maxPool'>, [height, width]: readonly number[]): boolean =>
  [...operation.size, ...operation.strides].every((extent) => extent === 2) &&
  Object.values(operation.padding).every((pad) => pad === 0) &&
  height % 2 === 0 &&
  width % 2 === 0;

/**
 * The gradient of a maximum of pairs goes to the larger of each, to the first where they are equal. Two rounds of it, over rows and
 * then over columns, send the gradient of a 2×2 maximum to its first in row-major order, as the pairs of the second round are rows.
 *
 * @param differences first − second of pairs of runs of numbers, as many as [matches, run]
 * @param gradient for the larger of each pair
 * @returns the gradient for the pairs, [matches, 2, run]
 */
export function emitKnockOut(
  builder: GraphBuilder,
  differences: Value,
  gradient: Value,
  [matches, run]: readonly [number, number],
): Value {
  const won = steepSigmoid(builder, builder.reshape(differences, [matches, run]), 1);
  const ofBoth = builder.reshape(gradient, [matches, run]);
  const toFirst = builder.mul(ofBoth, won);
  return builder.op('Concat', [toFirst, builder.sub(ofBoth, toFirst)], { axis: 1 });
}

/**
 * Runs a pooling's gradient through, and through the ReLU before it where there is one: a window's maximum is off exactly where the
 * pooled value is, and there a quarter as many have to be looked at.
 */
export function throughPool(
  emission: Emission,
  input: Activation,
  output: Value,
  gradient: Value,
  unpool: (gradient: Value) => Value,
): Value {
  if (!emission.isRectified(input.value)) return unpool(gradient);
  const unpooled = unpool(emission.builder.mul(gradient, emission.firing(output)));
  emission.noteMasked(unpooled, input.value);
  return unpooled;
}
