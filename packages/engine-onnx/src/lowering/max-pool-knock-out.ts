import type { GraphBuilder, Value } from '../onnx/graph-builder.js';
import { steepSigmoid } from './emission.js';
import type { NodeOf } from './strategy.js';

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
 * @param entrants pairs of runs of numbers, [matches, 2, run]
 * @param winners the larger of each pair, [matches, run]
 * @param gradient for the winners
 * @returns the gradient for the entrants, [matches, 2, run]
 */
export function emitKnockOut(
  builder: GraphBuilder,
  entrants: Value,
  winners: Value,
  gradient: Value,
  [matches, run]: readonly [number, number],
): Value {
  const first = builder.slice(builder.reshape(entrants, [matches, 2 * run]), { axes: [1], starts: [0], ends: [run] });
  const won = steepSigmoid(builder, builder.sub(first, builder.reshape(winners, [matches, run])), 1);
  const ofAll = builder.reshape(gradient, [matches, run]);
  const toFirst = builder.mul(ofAll, won);
  return builder.op('Concat', [toFirst, builder.sub(ofAll, toFirst)], { axis: 1 });
}
