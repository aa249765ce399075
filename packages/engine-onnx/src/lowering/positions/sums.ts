import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';

/** Σ over the rows of a matrix, [columns]; several times faster than a reduction over the first axis. */
export function columnSums(builder: GraphBuilder, matrix: Value, rows: number): Value {
  const ones = builder.ones([1, rows]);
  return builder.reshape(builder.op('MatMul', [ones, matrix]), [-1]);
}

/**
 * Adds up terms where they belong, [positions, line]: a gather of all terms of each position and one product with ones.
 *
 * @param lines the terms, laid end to end
 * @param places [terms, positions], of the term among the lines; the number of lines where there is none
 */
export function sumPlaced(
  builder: GraphBuilder,
  lines: readonly Value[],
  places: Int32Array,
  [terms, positions, line]: readonly [terms: number, positions: number, line: number],
): Value {
  const withZeros = builder.op('Concat', [...lines, builder.zeros([1, line])], { axis: 0 });
  const placed = builder.reshape(builder.gatherRows(withZeros, places), [terms, positions * line]);
  return builder.reshape(columnSums(builder, placed, terms), [positions, line]);
}
