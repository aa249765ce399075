import { convolutionOf } from '../conv2d.js';
import { tfjsLayout, type ParameterLayout } from '../parameter-layout.js';
import type { Strategy } from '../strategy.js';
import { columnsGradient, gatherColumns, scatterTaps } from './im2col.js';

/** A kernel as a matrix [height · width · in, out], which is how tfjs has it in memory. */
const columnMatrixLayout: ParameterLayout = {
  ...tfjsLayout,
  dims: ([height, width, inputs, outputs]) => [height * width * inputs, outputs],
};

/**
 * The first layer of a network that goes on by positions: images of few channels come plain, maps leave by positions. What a position
 * meets under the kernel is gathered as a matrix [taps · channels, batch], and multiplied by the weights from the right.
 */
export const positionsFirstConv2d: Strategy<'conv2d'> = {
  name: 'positions output',
  fits: (_node, { block }, { inputs: [input], wanted }) =>
    block !== undefined && wanted === 'positions' && input.layout === 'plain' && input.shape[2] < block,
  layouts: { input: 'plain', output: 'positions' },
  parameterLayouts: ({ operation }) => ({ [operation.kernel]: columnMatrixLayout }),
  emit(node, [input], emission) {
    const { builder, batch } = emission;
    const { kernel: kernelName, bias: biasName } = node.operation;
    const of = convolutionOf(node, input.shape, emission);
    const [height, width, channels] = of.input;
    const [positions, outputs] = [of.output[0] * of.output[1], of.output[2]];
    const columns = of.kernel[0] * of.kernel[1] * channels;
    const kernel = emission.parameter(kernelName);
    const bias = biasName === undefined ? builder.zeros([1, outputs]) : emission.parameter(biasName);

    const met = gatherColumns(builder, of, input.value);
    const weights = builder.op('Concat', [kernel, builder.reshape(bias, [1, outputs])], { axis: 0 });
    const product = builder.matMul(met, weights, { transA: 1 });
    return {
      output: builder.reshape(product, [positions * batch, outputs]),
      backward(gradient) {
        const ofWeights = columnsGradient(builder, of, met, gradient);
        const byPosition = builder.reshape(gradient, [positions, batch, outputs]);
        const ofMet = builder.matMul(kernel, byPosition, { transB: 1 });
        const ofTaps = builder.reshape(ofMet, [(positions * columns) / channels, channels * batch]);
        const ofLines = scatterTaps(builder, of, ofTaps, channels * batch);
        return {
          inputs: [builder.transpose(builder.reshape(ofLines, [height, width, channels, batch]), [3, 2, 0, 1])],
          parameters: {
            [kernelName]: ofWeights.kernel,
            ...(biasName !== undefined && { [biasName]: ofWeights.bias }),
          },
        };
      },
    };
  },
};
