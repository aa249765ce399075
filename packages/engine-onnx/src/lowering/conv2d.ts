import type { Padding, Shape } from '@reluctant/core';
import type { GraphBuilder, Value } from '../onnx/graph-builder.js';
import type { Emission } from './emission.js';
import { pixelRows } from './layout.js';
import { oihwLayout } from './parameter-layout.js';
import type { NodeOf, Strategy } from './strategy.js';

/** ONNX's order of paddings. */
export const onnxPads = ({ top, left, bottom, right }: Padding): number[] => [top, left, bottom, right];

/** Everything about a convolution that its gradients depend on. */
export interface Convolution {
  readonly batch: number;
  /** [height, width, channels] */
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** [height, width] */
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: Padding;
}

export function convolutionOf(node: NodeOf<'conv2d'>, input: Shape, emission: Emission): Convolution {
  const { kernel, strides, dilation, padding } = node.operation;
  const [height, width] = emission.parameterShape(kernel);
  return { batch: emission.batch, input, output: node.shape, kernel: [height, width], strides, dilation, padding };
}

/** Convolution of [batch, C, H, W] maps with [out, in, height, width] kernels. */
export const plainConv2d: Strategy<'conv2d'> = {
  name: 'plain',
  fits: () => true,
  parameterLayouts: ({ operation }: NodeOf<'conv2d'>) => ({ [operation.kernel]: oihwLayout }),
  emit(node, [input], emission) {
    const { builder } = emission;
    const { kernel: kernelName, bias: biasName, strides, dilation, padding } = node.operation;
    const of = convolutionOf(node, input.shape, emission);
    const kernel = emission.parameter(kernelName);
    const operands =
      biasName === undefined ? [input.value, kernel] : [input.value, kernel, emission.parameter(biasName)];
    return {
      output: builder.op('Conv', operands, {
        kernel_shape: of.kernel,
        strides,
        dilations: dilation,
        pads: onnxPads(padding),
      }),
      backward: (gradient) => ({
        inputs: [inputGradient(builder, of, kernel, gradient)],
        parameters: {
          [kernelName]: kernelGradient(builder, of, input.value, pixelRows(emission, gradient, node.shape, 'plain')),
          ...(biasName !== undefined && { [biasName]: builder.reduce('ReduceSum', gradient, [0, 2, 3]) }),
        },
      }),
    };
  },
};

/**
 * With stride 1 the input's gradient is the output's, convolved with the kernel turned by 180° and its channels swapped,
 * which runs faster than the general transposed convolution.
 */
export function inputGradient(builder: GraphBuilder, of: Convolution, kernel: Value, gradient: Value): Value {
  const { strides, dilation, padding } = of;
  const reach = of.kernel.map((size, axis) => (size - 1) * dilation[axis]);
  const pads = onnxPads(padding).map((pad, i) => reach[i % 2] - pad);
  if (strides.every((stride) => stride === 1) && pads.every((pad) => pad >= 0)) {
    const turned = builder.slice(kernel, {
      axes: [2, 3],
      starts: [-1, -1],
      ends: of.kernel.map((size) => -size - 1),
      steps: [-1, -1],
    });
    return builder.op('Conv', [gradient, builder.transpose(turned, [1, 0, 2, 3])], {
      kernel_shape: of.kernel,
      strides,
      dilations: dilation,
      pads,
    });
  }
  const uncovered = [
    of.input[0] + padding.top + padding.bottom - reach[0] - 1,
    of.input[1] + padding.left + padding.right - reach[1] - 1,
  ].map((span, axis) => span % strides[axis]);
  return builder.op('ConvTranspose', [gradient, kernel], {
    kernel_shape: of.kernel,
    strides,
    dilations: dilation,
    pads: onnxPads(padding),
    output_padding: uncovered,
  });
}

/**
 * The kernel's gradient as one matrix product: the input pixels that each tap of the kernel met, [taps·in, batch·positions],
 * times the output gradients, [batch·positions, out]. The larger matrix stands first, where it need not be repacked.
 *
 * @param gradientRows the output's gradient, [batch·positions, out]
 */
export function kernelGradient(builder: GraphBuilder, of: Convolution, input: Value, gradientRows: Value): Value {
  const [height, width, out] = of.output;
  const channels = of.input[2];
  const [kernelHeight, kernelWidth] = of.kernel;
  const taps = kernelHeight * kernelWidth;
  const rows = of.batch * height * width;

  const padded = padSpatial(builder, builder.transpose(input, [1, 0, 2, 3]), of.padding);
  const met = Array.from({ length: taps }, (_, tap) => {
    const starts = [Math.floor(tap / kernelWidth) * of.dilation[0], (tap % kernelWidth) * of.dilation[1]];
    return builder.slice(padded, {
      axes: [2, 3],
      starts,
      ends: starts.map((start, axis) => start + (of.output[axis] - 1) * of.strides[axis] + 1),
      steps: of.strides,
    });
  });
  const columns = taps === 1 ? met[0] : builder.op('Concat', met, { axis: 0 });
  const product = builder.op('Gemm', [builder.reshape(columns, [taps * channels, rows]), gradientRows]);
  return builder.transpose(builder.reshape(product, [kernelHeight, kernelWidth, channels, out]), [3, 2, 0, 1]);
}

/** Zeros around the maps of a tensor [_, _, height, width]. */
export function padSpatial(builder: GraphBuilder, value: Value, padding: Padding): Value {
  if (onnxPads(padding).every((pad) => pad === 0)) return value;
  const { top, left, bottom, right } = padding;
  return builder.zeroPad(value, [0, 0, top, left], [0, 0, bottom, right]);
}
