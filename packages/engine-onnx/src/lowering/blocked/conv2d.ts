import type { Shape } from '@reluctant/core';
import type { Value } from '../../onnx/graph-builder.js';
import { convolutionOf, inputGradient, kernelGradient } from '../conv2d.js';
import type { Emission } from '../emission.js';
import { convertLayout, pixelRows } from '../layout.js';
import type { NodeOf, Strategy } from '../strategy.js';
import { channelSum, convolve } from './convolution.js';
import { computesInputGradient, emitInputGradient } from './input-gradient.js';
import { blockedKernel, blockedKernelLayout, kernelShape, plainKernel } from './kernel-layout.js';
import { computesKernelGradient, emitKernelGradient } from './kernel-gradient.js';

/** Whether channels can be blocked. */
export const wholeBlocks = (channels: number, block: number | undefined): boolean =>
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

/** The forward pass of a convolution whose output is blocked. */
export function emitForward(node: NodeOf<'conv2d'>, input: Value, emission: Emission): Value {
  const { kernel, bias, strides, dilation, padding } = node.operation;
  const [height, width] = emission.parameterShape(kernel);
  const operands = [input, emission.parameter(kernel), ...(bias === undefined ? [] : [emission.parameter(bias)])];
  return convolve(emission.builder, operands, { kernel: [height, width], strides, dilation, padding });
}

/** The gradient for its bias, if it has one. */
export function biasGradient(
  { operation: { bias }, shape }: NodeOf<'conv2d'>,
  { builder }: Emission,
  batch: number,
  gradient: Value,
): Record<string, Value> {
  return bias === undefined ? {} : { [bias]: channelSum(builder, batch, shape, gradient) };
}
