import type { Algebra } from '@reluctant/core';
import type { GraphBuilder, Value } from '../onnx/graph-builder.js';

/** Update rules over values of an ONNX graph: running one emits the nodes that compute it. */
export function graphAlgebra(builder: GraphBuilder): Algebra<Value> {
  return {
    constant: (value) => builder.scalar(value),
    add: (a, b) => builder.add(a, b),
    sub: (a, b) => builder.sub(a, b),
    mul: (a, b) => builder.mul(a, b),
    div: (a, b) => builder.div(a, b),
    sqrt: (a) => builder.op('Sqrt', [a]),
  };
}
