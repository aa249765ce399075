import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from './kernel.js';
import { padSpatial } from './pad-spatial.js';

/** Padding does not count: the average over the whole window is rescaled where the window reaches beyond the map. */
export const averagePool: Kernel<'averagePool'> = ([x], { size, strides, padding }) => {
  const padded = padSpatial(x, padding, 0);
  const average = tf.avgPool(padded, [...size], [...strides], 'valid');
  if (padded === x) return average;
  const [, rows, columns] = average.shape;
  const [, height, width] = x.shape;
  const vertical = insideCounts(rows, size[0], strides[0], padding.top, height);
  const horizontal = insideCounts(columns, size[1], strides[1], padding.left, width);
  const area = size[0] * size[1];
  const rescale = vertical.flatMap((inRows) => horizontal.map((inColumns) => area / (inRows * inColumns)));
  return tf.mul(average, tf.tensor(rescale, [1, rows, columns, 1]));
};

/** For each window along one axis, how many of its elements lie inside the map. */
function insideCounts(windows: number, size: number, stride: number, before: number, extent: number): number[] {
  return Array.from({ length: windows }, (_, index) => {
    const start = index * stride - before;
    return Math.min(start + size, extent) - Math.max(start, 0);
  });
}
