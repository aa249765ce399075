import * as tf from '@tensorflow/tfjs-core';
import type { OperationName } from '../../graph/graph.js';
import { averagePool } from './average-pool.js';
import { batchNorm } from './batch-norm.js';
import { conv2d } from './conv2d.js';
import { dropout } from './dropout.js';
import type { Kernel } from './kernel.js';
import { maxPool } from './max-pool.js';
import { padSpatial } from './pad-spatial.js';
import { relu } from './relu.js';

/** One kernel an operation: what can be interpreted is what stands here. The derivatives of `leakyRelu` and `leak` at 0 are α and the slope. */
export const KERNELS: { readonly [N in OperationName]: Kernel<N> } = {
  input: ([x]) => x,
  conv2d,
  dense: ([x], { kernel, bias }, _node, context) => {
    const product = tf.matMul(x, context.parameter(kernel));
    return bias === undefined ? product : tf.add(product, context.parameter(bias));
  },
  batchNorm,
  relu,
  leakyRelu: ([x], { alpha }) => tf.leakyRelu(x, alpha),
  leak: ([x, y], { slope }, _node, context) =>
    tf.add(y, tf.mul(tf.minimum(x, tf.zerosLike(x)), context.parameter(slope))),
  sigmoid: ([x]) => tf.sigmoid(x),
  tanh: ([x]) => tf.tanh(x),
  maxPool,
  averagePool,
  globalAveragePool: ([x]) => tf.mean(x, [1, 2]),
  add: ([first, ...others]) => others.reduce((sum, x) => tf.add(sum, x), first),
  concatenate: (inputs) => tf.concat([...inputs], -1),
  flatten: ([x]) => tf.reshape(x, [x.shape[0], -1]),
  zeroPad: ([x], { padding }) => padSpatial(x, padding, 0),
  padChannels: ([x], { before, after }) => {
    const spared = x.shape.slice(1).map((): [number, number] => [0, 0]);
    return tf.pad(x, [...spared, [before, after]]);
  },
  dropout,
};
