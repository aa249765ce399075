import { convolutionOf, inputGradient } from '../conv2d.js';
import { convertLayout } from '../layout.js';
import { columnsGradient, gatherColumns } from '../positions/im2col.js';
import type { Strategy } from '../strategy.js';
import { emitForward, wholeBlocks } from './conv2d.js';
import { blockedOutputKernelLayout, kernelShape } from './kernel-layout.js';

/** The first layer: images of few channels come plain, maps leave blocked. */
export const blockedFirstConv2d: Strategy<'conv2d'> = {
  name: 'blocked output',
  fits: (node, { block }, { inputs: [input] }) => wholeBlocks(node.shape[2], block) && input.shape[2] < block!,
  layouts: { input: 'plain', output: 'blocked' },
  parameterLayouts: ({ operation }, { block }) => ({ [operation.kernel]: blockedOutputKernelLayout(block!) }),
  emit(node, [input], emission) {
    const { builder, device } = emission;
    const block = device.block!;
    const { kernel: kernelName, bias: biasName } = node.operation;
    const { height, width, inputs, outputs } = kernelShape(emission.parameterShape(kernelName));
    const of = convolutionOf(node, input.shape, emission);
    return {
      output: emitForward(node, input.value, emission),
      backward(gradient) {
        const plainGradient = convertLayout(emission, gradient, node.shape, 'blocked', 'plain');
        const kernel = emission.parameter(kernelName);
        const blocks = builder.reshape(kernel, [outputs / block, inputs, height, width, block]);
        const plain = builder.reshape(builder.transpose(blocks, [0, 4, 1, 2, 3]), [outputs, inputs, height, width]);
        const byPosition = convertLayout(emission, gradient, node.shape, 'blocked', 'positions');
        const ofWeights = columnsGradient(builder, of, gatherColumns(builder, of, input.value), byPosition);
        const split = builder.reshape(ofWeights.kernel, [height, width, inputs, outputs / block, block]);
        return {
          inputs: [inputGradient(builder, of, plain, plainGradient)],
          parameters: {
            [kernelName]: builder.reshape(
              builder.transpose(split, [3, 2, 0, 1, 4]),
              emission.parameterDims(kernelName),
            ),
            ...(biasName !== undefined && { [biasName]: ofWeights.bias }),
          },
        };
      },
    };
  },
};
