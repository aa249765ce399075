import type { Value } from '../../onnx/graph-builder.js';
import { convolutionOf } from '../conv2d.js';
import type { ParameterLayout } from '../parameter-layout.js';
import type { Strategy } from '../strategy.js';
import { staticConvolution } from './static-convolution.js';
import { columnSums } from './sums.js';
import { transposed, winogradTransforms, type Matrix } from './winograd-transforms.js';

/** With fewer channels the transforms cost what the multiplications save. */
const MANY_CHANNELS = 128;
/** Beyond so many positions the transforms, which are full matrices, cost too much. */
const MOST_POSITIONS = 81;
/** A map whose whole output is one small tile gains nothing. */
const FEWEST_OUTPUTS = 3;

/** A 3×3 kernel as a matrix [9, in · out], which is how tfjs has it in memory. */
const kernelMatrixLayout: ParameterLayout = {
  dims: ([height, width, inputs, outputs]) => [height * width, inputs * outputs],
  pack: (data) => data.slice(),
  unpack: (data) => data.slice(),
};

/**
 * Convolution of small maps with many channels by Winograd's minimal algorithm (Lavin & Gray 2016): a quarter to less than a half of
 * the multiplications. Laid out by positions, each of its transforms is one matrix product, and so is what goes back: the gradients
 * are the same products with everything transposed.
 */
export const winogradConv2d: Strategy<'conv2d'> = {
  name: 'winograd',
  fits(node, { block }, [input]) {
    const { kernel, strides, dilation, input: of, output } = staticConvolution(node, input.shape);
    return (
      block !== undefined &&
      [...strides, ...dilation].every((step) => step === 1) &&
      kernel.every((size) => size === 3) &&
      Math.min(of[2], output[2]) >= MANY_CHANNELS &&
      of[0] * of[1] <= MOST_POSITIONS &&
      Math.min(output[0], output[1]) >= FEWEST_OUTPUTS
    );
  },
  layouts: { input: 'positions', output: 'positions' },
  parameterLayouts: ({ operation }) => ({ [operation.kernel]: kernelMatrixLayout }),
  emit(node, [input], emission) {
    const { builder, batch } = emission;
    const { kernel: kernelName, bias: biasName } = node.operation;
    const of = convolutionOf(node, input.shape, emission);
    const [inputs, outputs] = [of.input[2], of.output[2]];
    const [inputPositions, outputPositions] = [of.input, of.output].map(([height, width]) => height * width);
    const { frequencies, tiles, ...transforms } = winogradTransforms(of);
    const transform = (by: Matrix, value: Value, columns: number, dims: readonly number[]): Value => {
      const operand = builder.reshape(value, [by.columns, columns]);
      return builder.reshape(builder.op('MatMul', [builder.tensor(by.data, [by.rows, by.columns]), operand]), dims);
    };
    const rows = tiles * batch;
    const byFrequency = transform(transforms.input, input.value, batch * inputs, [frequencies, rows, inputs]);
    const weights = transform(transforms.kernel, emission.parameter(kernelName), inputs * outputs, [
      frequencies,
      inputs,
      outputs,
    ]);
    const product = builder.op('MatMul', [byFrequency, weights]);
    const sums = transform(transforms.output, product, batch * outputs, [outputPositions * batch, outputs]);
    return {
      output: biasName === undefined ? sums : builder.add(sums, emission.parameter(biasName)),
      backward(gradient) {
        const ofProduct = transform(transposed(transforms.output), gradient, batch * outputs, [
          frequencies,
          rows,
          outputs,
        ]);
        const ofInput = builder.matMul(ofProduct, weights, { transB: 1 });
        const ofWeights = builder.matMul(byFrequency, ofProduct, { transA: 1 });
        return {
          inputs: [transform(transposed(transforms.input), ofInput, batch * inputs, [inputPositions * batch, inputs])],
          parameters: {
            [kernelName]: transform(transposed(transforms.kernel), ofWeights, inputs * outputs, [9, inputs * outputs]),
            ...(biasName !== undefined && { [biasName]: columnSums(builder, gradient, outputPositions * batch) }),
          },
        };
      },
    };
  },
};
