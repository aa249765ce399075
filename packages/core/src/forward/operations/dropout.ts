import * as tf from '@tensorflow/tfjs-core';
import { drawDropoutMask } from '../../engine/draw-dropout-mask.js';
import type { Kernel } from './kernel.js';

/** Inverted dropout, with the mask that every engine draws. */
export const dropout: Kernel<'dropout'> = ([x], { rate }, node, { training, seed, step }) => {
  if (!training) return x;
  return tf.mul(x, tf.tensor(drawDropoutMask(node.name, { seed, step, length: x.size, rate }), x.shape));
};
