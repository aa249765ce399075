import { Random } from '@reluctant/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from './kernel.js';

/**
 * Inverted dropout (Srivastava et al. 2014). The mask is drawn on the host, one uniform number an element of
 * [batch, ...shape] in row-major order, so that every engine drops the same elements.
 */
export const dropout: Kernel<'dropout'> = ([x], { rate }, node, { training, seed, step }) => {
  if (!training) return x;
  const random = new Random(seed, 'dropout', step, node.name);
  const scale = 1 / (1 - rate);
  const mask = new Float32Array(x.size);
  for (let i = 0; i < mask.length; i++) mask[i] = random.uniform() >= rate ? scale : 0;
  return tf.mul(x, tf.tensor(mask, x.shape));
};
