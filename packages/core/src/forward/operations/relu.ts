import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from './kernel.js';

/** The derivative is 0 at 0 and at the cap; that of tfjs's `minimum` would be 1 at the cap. */
export const relu: Kernel<'relu'> = ([x], { max }) => {
  const rectified = tf.relu(x);
  if (max === undefined) return rectified;
  const cap = tf.fill(x.shape, max);
  return tf.where(tf.greaterEqual(rectified, cap), cap, rectified);
};
