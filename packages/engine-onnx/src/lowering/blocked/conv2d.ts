import type { Shape } from '@reluctant/core';
import type { Value } from '../../onnx/graph-builder.js';
import { convolutionOf, inputGradient, kernelGradient } from '../conv2d.js';
import type { Emission } from '../emission.js';
import { convertLayout, pixelRows } from '../layout.js';
import type { NodeOf, Strategy } from '../strategy.js';
import { channelSum, convolve } from './convolution.js';
import { computesInputGradient, emitInputGradient } from './input-gradient.js';
import {
  blockedKernel,
  blockedKernelLayout,
  blockedOutputKernelLayout,
  kernelShape,
  plainKernel,
} from './kernel-layout.js';
import { computesKernelGradient, emitKernelGradient } from './kernel-gradient.js';

const wholeBlocks = (channels: number, block: number | undefined): boolean =>
  block !== undefined && channels % block === 0;

/** Convolution of blocked maps. Gradients for which there is no blocked way are computed plainly. */
export const blockedConv2d: Strategy<'conv2d'> = {
  name: 'blocked',
  fits: (node, { block }, { inputs: [input] }) =>
    wholeBlocks(input.shape[2], block) && wholeBlocks(node.shape[2], block),
  layouts: { input: 'blocked', output: 'blocked' },
  parameterLayouts: ({ operation }, { block }) => ({ [operation.kernel]: blockedKernelLayout(block!) }),
  emit(node, [input], emission) {
    const { builder, batch, device } = emission;
    const block = device.block!;
    const { kernel: kernelName } = node.operation;
    const shape = kernelShape(emission.parameterShape(kernelName));
    const of = convolutionOf(node, input.shape, emission);
    const kernel = emission.parameter(kernelName);
    const plain = (value: Value, ofMap: Shape) => convertLayout(emission, value, ofMap, 'blocked', 'plain');
    return {
      output: emitForward(node, input.value, emission),
      backward: (gradient) => ({
        inputs: [
          computesInputGradient(of)
            ? emitInputGradient(builder, of, block, kernel, gradient)
            : convertLayout(
                emission,
                inputGradient(builder, of, plainKernel(builder, kernel, shape, block), plain(gradient, node.shape)),
                input.shape,
                'plain',
                'blocked',
              ),
        ],
        parameters: {
          [kernelName]: computesKernelGradient(of, block)
            ? emitKernelGradient(builder, of, block, input.value, gradient)
            : blockedKernel(
                builder,
                kernelGradient(
                  builder,
                  of,
                  plain(input.value, input.shape),
                  pixelRows(emission, gradient, node.shape, 'blocked'),
                ),
                shape,
                block,
              ),
          ...biasGradient(node, emission, batch, gradient),
        },
      }),
    };
  },
};

/** The first layer: images of few channels come plain, maps leave blocked. */
export const blockedFirstConv2d: Strategy<'conv2d'> = {
  name: 'blocked output',
  fits: (node, { block }, { inputs: [input] }) => wholeBlocks(node.shape[2], block) && input.shape[2] < block!,
  layouts: { input: 'plain', output: 'blocked' },
  parameterLayouts: ({ operation }, { block }) => ({ [operation.kernel]: blockedOutputKernelLayout(block!) }),
  emit(node, [input], emission) {
    const { builder, batch, device } = emission;
    const block = device.block!;
    const { kernel: kernelName } = node.operation;
    const { height, width, inputs, outputs } = kernelShape(emission.parameterShape(kernelName));
    const of = convolutionOf(node, input.shape, emission);
    return {
      output: emitForward(node, input.value, emission),
      backward(gradient) {
        const plainGradient = convertLayout(emission, gradient, node.shape, 'blocked', 'plain');
        const split = builder.reshape(emission.parameter(kernelName), [outputs / block, inputs, height, width, block]);
        const plain = builder.reshape(builder.transpose(split, [0, 4, 1, 2, 3]), [outputs, inputs, height, width]);
        const rows = pixelRows(emission, gradient, node.shape, 'blocked');
        const byKernel = kernelGradient(builder, of, input.value, rows);
        const blocks = builder.reshape(byKernel, [outputs / block, block, inputs, height, width]);
        return {
          inputs: [inputGradient(builder, of, plain, plainGradient)],
          parameters: {
            [kernelName]: builder.reshape(
              builder.transpose(blocks, [0, 2, 3, 4, 1]),
              emission.parameterDims(kernelName),
            ),
            ...biasGradient(node, emission, batch, gradient),
          },
        };
      },
    };
  },
};

function emitForward(node: NodeOf<'conv2d'>, input: Value, emission: Emission): Value {
  const { kernel, bias, strides, dilation, padding } = node.operation;
  const [height, width] = emission.parameterShape(kernel);
  const operands = [input, emission.parameter(kernel), ...(bias === undefined ? [] : [emission.parameter(bias)])];
  return convolve(emission.builder, operands, { kernel: [height, width], strides, dilation, padding });
}

function biasGradient(
  { operation: { bias }, shape }: NodeOf<'conv2d'>,
  { builder }: Emission,
  batch: number,
  gradient: Value,
): Record<string, Value> {
  return bias === undefined ? {} : { [bias]: channelSum(builder, batch, shape, gradient) };
}
