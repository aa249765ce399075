import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';
import { permutedLayout, type ParameterLayout } from '../parameter-layout.js';

/** Extents of a convolution's kernel. */
export interface KernelShape {
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly outputs: number;
}

export const kernelShape = ([height, width, inputs, outputs]: readonly number[]): KernelShape => ({
  height,
  width,
  inputs,
  outputs,
});

/**
 * Kernels as blocked convolutions take them, [K/b, C/b, height, width, b of C, b of K]; the graph knows them by the dimensions
 * [K, C, height, width].
 */
export function blockedKernelLayout(block: number): ParameterLayout {
  const split = ([height, width, inputs, outputs]: readonly number[]) => [
    height,
    width,
    inputs / block,
    block,
    outputs / block,
    block,
  ];
  const permuted = permutedLayout([4, 2, 0, 1, 3, 5]);
  return {
    dims: ([height, width, inputs, outputs]) => [outputs, inputs, height, width],
    pack: (data, shape) => permuted.pack(data, split(shape)),
    unpack: (data, shape) => permuted.unpack(data, split(shape)),
  };
}

/** Kernels of a convolution whose input is not blocked, [K/b, C, height, width, b of K]. */
export function blockedOutputKernelLayout(block: number): ParameterLayout {
  const split = ([height, width, inputs, outputs]: readonly number[]) => [
    height,
    width,
    inputs,
    outputs / block,
    block,
  ];
  const permuted = permutedLayout([3, 2, 0, 1, 4]);
  return {
    dims: ([height, width, inputs, outputs]) => [outputs, inputs, height, width],
    pack: (data, shape) => permuted.pack(data, split(shape)),
    unpack: (data, shape) => permuted.unpack(data, split(shape)),
  };
}

/** From the blocked layout to [K, C, height, width]. */
export function plainKernel(builder: GraphBuilder, kernel: Value, of: KernelShape, block: number): Value {
  const { height, width, inputs, outputs } = of;
  const split = builder.reshape(kernel, [outputs / block, inputs / block, height, width, block, block]);
  return builder.reshape(builder.transpose(split, [0, 5, 1, 4, 2, 3]), [outputs, inputs, height, width]);
}

/** From [K, C, height, width] to the blocked layout. */
export function blockedKernel(builder: GraphBuilder, kernel: Value, of: KernelShape, block: number): Value {
  const { height, width, inputs, outputs } = of;
  const split = builder.reshape(kernel, [outputs / block, block, inputs / block, block, height, width]);
  return builder.reshape(builder.transpose(split, [0, 2, 4, 5, 3, 1]), [outputs, inputs, height, width]);
}
