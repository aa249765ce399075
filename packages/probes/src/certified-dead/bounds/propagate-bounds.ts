import type { GraphNode, InputRange, NamedArrays, NetworkGraph } from '@reluctant/core';
import { batchNormBounds, conv2dBounds, denseBounds } from './affine.js';
import type { Bounds } from './bounds.js';
import { addBounds, leakBounds, leakyReluBounds, reluBounds, sigmoid, smoothBounds } from './elementwise.js';
import { inputBounds } from './input-bounds.js';
import { averagePoolBounds, globalAveragePoolBounds, maxPoolBounds } from './pooling.js';
import { concatenateBounds, padChannelsBounds, zeroPadBounds } from './structural.js';

export interface PropagationOptions {
  /** In the units of the network's inputs. */
  readonly inputRange: InputRange;
  /** Convolutions that are computed by Winograd's algorithm; the others are sums of products. */
  readonly winograd?: readonly string[];
}

/**
 * Interval bound propagation in evaluation mode: from the box of inputs through every node, each taking what is known of its inputs as
 * independent (Gowal et al. 2018, arXiv 1810.12715). Sound for what an engine computes in IEEE float32, rounding to nearest: sums in
 * any order, with or without fused multiply-add, a normalisation or addition merged into the convolution before it or not; sigmoid and
 * tanh have to be right to 2⁻²⁰.
 * @param parameters by graph name, in tfjs's layouts
 * @param visit called for each node in order; bounds are let go of after their last use
 * @throws ReluctantError `CONFIG_INVALID` for a range that does not fit the network's inputs
 */
export function propagateBounds(
  { nodes, input }: Pick<NetworkGraph, 'nodes' | 'input'>,
  parameters: NamedArrays,
  { inputRange, winograd = [] }: PropagationOptions,
  visit: (node: GraphNode, bounds: Bounds) => void,
): void {
  const lastUse = new Map(nodes.flatMap((node, index) => node.inputs.map((name) => [name, index])));
  const known = new Map<string, Bounds>();
  for (const [index, node] of nodes.entries()) {
    const inputs = node.inputs.map((name) => known.get(name)!);
    const bounds =
      node.name === input
        ? inputBounds(inputRange, node.shape)
        : boundsOf(node, inputs, parameters, winograd.includes(node.name));
    known.set(node.name, bounds);
    visit(node, bounds);
    for (const name of node.inputs) if (lastUse.get(name) === index) known.delete(name);
  }
}

function boundsOf(
  { operation, shape }: GraphNode,
  inputs: readonly Bounds[],
  parameters: NamedArrays,
  byWinograd: boolean,
): Bounds {
  switch (operation.op) {
    case 'input':
    case 'dropout':
      return inputs[0];
    case 'conv2d':
      return conv2dBounds(operation, inputs, parameters, shape, byWinograd);
    case 'dense':
      return denseBounds(operation, inputs, parameters, shape);
    case 'batchNorm':
      return batchNormBounds(operation, inputs, parameters);
    case 'relu':
      return reluBounds(operation, inputs);
    case 'leakyRelu':
      return leakyReluBounds(operation, inputs);
    case 'leak':
      return leakBounds(operation, inputs, parameters);
    case 'sigmoid':
      return smoothBounds(inputs, sigmoid);
    case 'tanh':
      return smoothBounds(inputs, Math.tanh);
    case 'maxPool':
      return maxPoolBounds(operation, inputs, shape);
    case 'averagePool':
      return averagePoolBounds(operation, inputs, shape);
    case 'globalAveragePool':
      return globalAveragePoolBounds(inputs, shape);
    case 'add':
      return addBounds(inputs);
    case 'concatenate':
      return concatenateBounds(inputs, shape);
    case 'flatten':
      return { ...inputs[0], shape };
    case 'zeroPad':
      return zeroPadBounds(operation, inputs, shape);
    case 'padChannels':
      return padChannelsBounds(operation, inputs, shape);
  }
}
