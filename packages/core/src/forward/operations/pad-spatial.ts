import * as tf from '@tensorflow/tfjs-core';
import type { Padding } from '../../graph/graph.js';

/**
 * Pads the map [batch, H, W, C] with a constant. Convolutions and pools are padded by this and then run as `valid`, because
 * not every backend and gradient takes explicit padding.
 */
export function padSpatial(x: tf.Tensor, { top, bottom, left, right }: Padding, value: number): tf.Tensor4D {
  const map = x as tf.Tensor4D;
  if (top + bottom + left + right === 0) return map;
  return tf.pad(
    map,
    [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    value,
  );
}
