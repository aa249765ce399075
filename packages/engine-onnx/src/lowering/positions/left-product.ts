import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';
import type { Matrix } from './matrix.js';

/** A constant matrix times a tensor taken as as many lines as the matrix has columns: [rows, line]. */
export function leftProduct(builder: GraphBuilder, by: Matrix, value: Value, line: number): Value {
  const matrix = builder.tensor(by.data, [by.rows, by.columns]);
  return builder.op('MatMul', [matrix, builder.reshape(value, [by.columns, line])]);
}
