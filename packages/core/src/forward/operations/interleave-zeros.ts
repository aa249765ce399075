import * as tf from '@tensorflow/tfjs-core';

/**
 * Spreads axes `axis` and `axis + 1` apart: an element at (i, j) moves to (i·strides[0], j·strides[1]) and zeros come between,
 * none after the last. Extents n become (n − 1)·stride + 1.
 */
export function interleaveZeros(x: tf.Tensor, axis: number, strides: readonly [number, number]): tf.Tensor {
  const [rowStride, columnStride] = strides;
  if (rowStride === 1 && columnStride === 1) return x;
  const before = x.shape.slice(0, axis);
  const [rows, columns] = x.shape.slice(axis, axis + 2);
  const after = x.shape.slice(axis + 2);
  const outer = before.reduce((product, extent) => product * extent, 1);
  const inner = after.reduce((product, extent) => product * extent, 1);
  const spread = tf.pad(tf.reshape(x, [outer, rows, 1, columns, inner]), [
    [0, 0],
    [0, 0],
    [0, rowStride - 1],
    [0, 0],
    [0, (columnStride - 1) * inner],
  ]);
  const padded = tf.reshape(spread, [outer, rows * rowStride, columns * columnStride, inner]);
  const height = (rows - 1) * rowStride + 1;
  const width = (columns - 1) * columnStride + 1;
  return tf.reshape(tf.slice(padded, [0, 0, 0, 0], [outer, height, width, inner]), [
    ...before,
    height,
    width,
    ...after,
  ]);
}
