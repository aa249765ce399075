import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';
import { convolutionOf, type Convolution } from '../conv2d.js';
import type { Device } from '../device.js';
import { partName } from '../parameter-layout.js';
import type { NodeOf, Strategy, Surroundings } from '../strategy.js';
import { staticConvolution } from './static-convolution.js';
import { columnSums, sumPlaced } from './sums.js';
import { tapLayout } from './tap-layout.js';
import { tapPositions, termPlaces, usefulShare } from './tap-positions.js';

/** From so many channels on, a matrix product for every tap keeps the processor busy. */
const MANY_CHANNELS = 128;
/** Where it can be chosen: on larger maps next to nothing meets padding, and a copy of the map for each tap takes much memory. */
const MOST_POSITIONS = 256;
/** Where more of the work than this meets no padding, a blocked convolution is as fast. */
const MOSTLY_USEFUL = 0.75;

/**
 * Convolution of small maps with many channels: one matrix product for every tap of the kernel, with just those positions that the
 * tap meets. On a 2×2 map a 3×3 kernel spends 56 % of its multiplications on padding; here they are left out. Each tap
 * has a weight matrix of its own in the graph, so that its gradient leaves a matrix product in the very layout of the weights.
 */
export const tapConv2d: Strategy<'conv2d'> = {
  name: 'taps',
  fits(node, device, surroundings) {
    const [{ shape }] = surroundings.inputs;
    if (!computes(node, device, surroundings) || Math.min(shape[2], node.shape[2]) < MANY_CHANNELS) return false;
    return usefulShare(staticConvolution(node, shape)) < MOSTLY_USEFUL;
  },
  computes,
  layouts: { input: 'positions', output: 'positions' },
  parameterLayouts: ({ operation }) => ({ [operation.kernel]: tapLayout }),
  emit(node, [input], emission) {
    const { builder } = emission;
    const { kernel: kernelName, bias: biasName } = node.operation;
    const of = convolutionOf(node, input.shape, emission);
    // A tap that meets nothing but padding has no part in the result, and a gradient of 0.
    const taps = tapPositions(of).map((positions, tap) => ({
      positions,
      weights: emission.state(partName(kernelName, tap), kernelName),
    }));
    const met = taps.filter(({ positions }) => positions.inputs.length > 0);
    const operands = met.map(({ positions }) => pick(builder, of, 'input', input.value, positions.inputs));
    const sums = addTerms(
      builder,
      of,
      'output',
      met.map(({ weights }, i) => builder.op('MatMul', [operands[i], weights])),
      met.map(({ positions }) => positions.outputs),
    );
    return {
      output: biasName === undefined ? sums : builder.add(sums, emission.parameter(biasName)),
      backward(gradient) {
        const ofTaps = met.map(({ positions }) => pick(builder, of, 'output', gradient, positions.outputs));
        const byInput = addTerms(
          builder,
          of,
          'input',
          met.map(({ weights }, i) => builder.op('Gemm', [ofTaps[i], weights], { transB: 1 })),
          met.map(({ positions }) => positions.inputs),
        );
        const byKernel = taps.map((tap, index): [string, Value] => {
          const i = met.indexOf(tap);
          const product =
            i < 0
              ? builder.zeros([of.input[2], of.output[2]])
              : builder.op('Gemm', [operands[i], ofTaps[i]], { transA: 1 });
          return [partName(kernelName, index), product];
        });
        return {
          inputs: [byInput],
          parameters: {
            ...Object.fromEntries(byKernel),
            ...(biasName !== undefined && {
              [biasName]: columnSums(builder, gradient, of.output[0] * of.output[1] * of.batch),
            }),
          },
        };
      },
    };
  },
};

function computes(node: NodeOf<'conv2d'>, { block }: Device, { inputs: [input] }: Surroundings): boolean {
  const { strides, dilation } = node.operation;
  const [height, width] = input.shape;
  return (
    block !== undefined && [...strides, ...dilation].every((step) => step === 1) && height * width <= MOST_POSITIONS
  );
}

type Side = 'input' | 'output';

/** The vectors of all images at some positions, [positions · batch, channels]. */
function pick(builder: GraphBuilder, of: Convolution, side: Side, map: Value, positions: readonly number[]): Value {
  const [height, width, channels] = of[side];
  if (positions.length === height * width) return map;
  const lines = builder.reshape(map, [height * width, of.batch * channels]);
  return builder.reshape(builder.gatherRows(lines, positions), [positions.length * of.batch, channels]);
}

/** Adds up what the taps gave at the positions it belongs to. */
function addTerms(
  builder: GraphBuilder,
  of: Convolution,
  side: Side,
  terms: readonly Value[],
  targets: readonly (readonly number[])[],
): Value {
  const [height, width, channels] = of[side];
  const positions = height * width;
  if (terms.length === 1 && targets[0].length === positions) return terms[0];
  const line = of.batch * channels;
  const lines = terms.map((term, tap) => builder.reshape(term, [targets[tap].length, line]));
  const count = targets.reduce((sum, { length }) => sum + length, 0);
  const places = termPlaces(targets, positions, count);
  const summed = sumPlaced(builder, lines, places, [terms.length, positions, line]);
  return builder.reshape(summed, [positions * of.batch, channels]);
}
