import type { Value } from '../../onnx/graph-builder.js';
import { convolutionOf } from '../conv2d.js';
import type { Device } from '../device.js';
import { tfjsLayout, type ParameterLayout } from '../parameter-layout.js';
import type { NodeOf, Strategy, Surroundings } from '../strategy.js';
import { staticConvolution } from './static-convolution.js';
import { columnSums } from './sums.js';
import { leftProduct } from './left-product.js';
import { transposed } from './matrix.js';
import { winogradPlanes } from './winograd-planes.js';
import { winogradTransforms } from './winograd-transforms.js';

/** With smaller matrices of weights the transforms cost what the multiplications save. */
const MANY_WEIGHTS = 64 * 128;
/** Transformed, they take 16 or 36 numbers for 9, and so do their gradients: with more of them too much memory. */
const MOST_WEIGHTS = 1024 * 1024;
/** On larger maps the transforms do not stay in the cache. */
const MOST_POSITIONS = 256;
/** A map whose whole output is one small tile gains nothing. */
const FEWEST_OUTPUTS = 3;

/** A 3×3 kernel as a matrix [9, in · out], which is how tfjs has it in memory. */
const kernelMatrixLayout: ParameterLayout = {
  ...tfjsLayout,
  dims: ([height, width, inputs, outputs]) => [height * width, inputs * outputs],
};

/**
 * Convolution of small maps with many channels by Winograd's minimal algorithm (Lavin & Gray 2016): a quarter to less than a half of
 * the multiplications. Laid out by positions, each of its transforms is one matrix product, and so is what goes back: the gradients
 * are the same products with everything transposed.
 */
export const winogradConv2d: Strategy<'conv2d'> = {
  name: 'winograd',
  fits(node, device, surroundings) {
    const { input: of, output } = staticConvolution(node, surroundings.inputs[0].shape);
    return (
      computes(node, device, surroundings) &&
      of[2] * output[2] >= MANY_WEIGHTS &&
      of[0] * of[1] <= MOST_POSITIONS &&
      Math.min(output[0], output[1]) >= FEWEST_OUTPUTS
    );
  },
  computes,
  layouts: { input: 'positions', output: 'positions' },
  parameterLayouts: ({ operation }) => ({ [operation.kernel]: kernelMatrixLayout }),
  emit(node, [input], emission) {
    const { builder, batch } = emission;
    const { kernel: kernelName, bias: biasName } = node.operation;
    const of = convolutionOf(node, input.shape, emission);
    const [inputs, outputs] = [of.input[2], of.output[2]];
    const [inputPositions, outputPositions] = [of.input, of.output].map(([height, width]) => height * width);
    const transforms = winogradTransforms(of);
    const planes = winogradPlanes(transforms);
    const { kernel } = transforms;
    const rows = planes.rows * batch;
    const stacked = (value: Value, channels: number) => builder.reshape(value, [...planes.stacks, rows, channels]);

    const x = stacked(planes.input.apply(builder, input.value, batch * inputs), inputs);
    const w = builder.reshape(leftProduct(builder, kernel, emission.parameter(kernelName), inputs * outputs), [
      ...planes.weightStacks,
      inputs,
      outputs,
    ]);
    const y = planes.output.apply(builder, builder.op('MatMul', [x, w]), batch * outputs);
    const sums = builder.reshape(y, [outputPositions * batch, outputs]);
    return {
      output: biasName === undefined ? sums : builder.add(sums, emission.parameter(biasName)),
      backward(gradient) {
        const dy = stacked(planes.output.applyTransposed(builder, gradient, batch * outputs), outputs);
        const dx = planes.input.applyTransposed(builder, builder.matMul(dy, w, { transB: 1 }), batch * inputs);
        const dw = planes.sumShared(builder, builder.matMul(x, dy, { transA: 1 }), inputs * outputs);
        return {
          inputs: [builder.reshape(dx, [inputPositions * batch, inputs])],
          parameters: {
            [kernelName]: leftProduct(builder, transposed(kernel), dw, inputs * outputs),
            ...(biasName !== undefined && { [biasName]: columnSums(builder, gradient, outputPositions * batch) }),
          },
        };
      },
    };
  },
};

function computes(node: NodeOf<'conv2d'>, { block }: Device, { inputs: [input] }: Surroundings): boolean {
  const { kernel, strides, dilation } = staticConvolution(node, input.shape);
  return (
    block !== undefined &&
    [...strides, ...dilation].every((step) => step === 1) &&
    kernel.every((size) => size === 3) &&
    input.shape[2] * node.shape[2] <= MOST_WEIGHTS
  );
}
