import { drawKernel, drawRandomizedAsymmetric, type Random } from '@reluctant/core';
import { biasesOf, type FullyConnected } from './fully-connected.js';

/** Weights, row-major [fanIn, units], and biases, [units], of one layer. */
export interface DrawnLayer {
  readonly kernel: Float32Array;
  readonly bias: ArrayLike<number>;
}

/** Draws a layer's weights, then its biases, by the network's initializer. */
export type DrawLayer = (fanIn: number, units: number, random: Random) => DrawnLayer;

export function drawLayer(network: FullyConnected): DrawLayer {
  const { initializer } = network;
  const biases = biasesOf(network);
  if (initializer.kind === 'randomized-asymmetric' || biases === 'with-weights') return drawRandomizedAsymmetric;
  if ('sigma' in biases) {
    return (fanIn, units, random) => ({
      kernel: drawKernel(initializer, [fanIn, units], random),
      bias: Float64Array.from({ length: units }, () => biases.sigma * random.normal()),
    });
  }
  const constants = new Map<number, Float64Array>();
  const constantBias = (units: number): Float64Array => {
    if (!constants.has(units)) constants.set(units, new Float64Array(units).fill(biases.constant));
    return constants.get(units)!;
  };
  return (fanIn, units, random) => ({
    kernel: drawKernel(initializer, [fanIn, units], random),
    bias: constantBias(units),
  });
}
