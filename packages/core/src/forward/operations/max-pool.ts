import * as tf from '@tensorflow/tfjs-core';
import { interleaveZeros } from './interleave-zeros.js';
import type { Kernel } from './kernel.js';
import { padSpatial } from './pad-spatial.js';

/** The gradient goes to the first maximum of a window in row-major order, on every backend. Padding never wins. */
export const maxPool: Kernel<'maxPool'> = ([x], { size, strides, padding }) =>
  firstMaximumPool(padSpatial(x, padding, -Infinity), size, strides);

type Pair = readonly [number, number];

function firstMaximumPool(input: tf.Tensor4D, size: Pair, strides: Pair): tf.Tensor4D {
  const pool = tf.customGrad((x, save) => {
    const map = x as tf.Tensor4D;
    const value = tf.maxPool(map, [...size], [...strides], 'valid');
    (save as tf.GradSaveFunc)([map, value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor4D, saved: tf.Tensor[]) => {
        const [from, maxima] = saved as [tf.Tensor4D, tf.Tensor4D];
        return routeToFirstMaximum(dy, from, maxima, size, strides);
      },
    };
  });
  return pool(input);
}

/** Goes through the offsets of the window in row-major order; a window is settled at the first offset that holds its maximum. */
function routeToFirstMaximum(
  dy: tf.Tensor4D,
  x: tf.Tensor4D,
  maxima: tf.Tensor4D,
  size: Pair,
  strides: Pair,
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [, rows, columns] = maxima.shape;
  const reachRows = (rows - 1) * strides[0] + 1;
  const reachColumns = (columns - 1) * strides[1] + 1;
  const none = tf.zerosLike(dy);
  let unsettled: tf.Tensor = tf.ones(dy.shape, 'bool');
  let dx: tf.Tensor = tf.zerosLike(x);
  for (let i = 0; i < size[0]; i++) {
    for (let j = 0; j < size[1]; j++) {
      const end = [batch, i + reachRows, j + reachColumns, channels];
      const candidates = tf.stridedSlice(x, [0, i, j, 0], end, [1, ...strides, 1]);
      const first = tf.logicalAnd(unsettled, tf.equal(candidates, maxima));
      unsettled = tf.logicalAnd(unsettled, tf.logicalNot(first));
      const routed = interleaveZeros(tf.where(first, dy, none), 1, strides) as tf.Tensor4D;
      const margins = { top: i, bottom: height - i - reachRows, left: j, right: width - j - reachColumns };
      dx = tf.add(dx, padSpatial(routed, margins, 0));
    }
  }
  return dx as tf.Tensor4D;
}
