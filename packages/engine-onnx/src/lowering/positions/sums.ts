import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';

/** Σ over the rows of a matrix, [columns]; several times faster than a reduction over the first axis. */
export function columnSums(builder: GraphBuilder, matrix: Value, rows: number): Value {
  const ones = builder.ones([1, rows]);
  return builder.reshape(builder.op('MatMul', [ones, matrix]), [-1]);
}
