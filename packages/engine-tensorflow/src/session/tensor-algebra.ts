import type { Algebra } from '@reluctant/core';
import * as tf from '@tensorflow/tfjs-core';

/** Arithmetic over tfjs tensors. Call inside `tf.tidy`. */
export const tensorAlgebra: Algebra<tf.Tensor> = {
  constant: (value) => tf.scalar(value),
  add: (a, b) => tf.add(a, b),
  sub: (a, b) => tf.sub(a, b),
  mul: (a, b) => tf.mul(a, b),
  div: (a, b) => tf.div(a, b),
  sqrt: (a) => tf.sqrt(a),
};
