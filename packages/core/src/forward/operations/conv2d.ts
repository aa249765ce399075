import * as tf from '@tensorflow/tfjs-core';
import { interleaveZeros } from './interleave-zeros.js';
import type { Kernel } from './kernel.js';
import { padSpatial } from './pad-spatial.js';

/** Cross-correlation. A dilated kernel is written out with its zeros: tfjs has no gradient for dilation. */
export const conv2d: Kernel<'conv2d'> = ([x], operation, _node, context) => {
  const kernel = interleaveZeros(context.parameter(operation.kernel), 0, operation.dilation) as tf.Tensor4D;
  const map = tf.conv2d(padSpatial(x, operation.padding, 0), kernel, [...operation.strides], 'valid');
  return operation.bias === undefined ? map : tf.add(map, context.parameter(operation.bias));
};
