import type { Shape } from '@reluctant/core';
import type { Convolution } from '../conv2d.js';
import type { NodeOf } from '../strategy.js';

/** What can be told of a convolution of one image before parameters are known: a kernel of stride 1 has the extent that fits. */
export function staticConvolution(node: NodeOf<'conv2d'>, input: Shape): Convolution {
  const { strides, dilation, padding } = node.operation;
  const kernel = [
    input[0] + padding.top + padding.bottom - node.shape[0] + 1,
    input[1] + padding.left + padding.right - node.shape[1] + 1,
  ];
  return { batch: 1, input, output: node.shape, kernel, strides, dilation, padding };
}
