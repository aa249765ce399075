import type { GraphBuilder, Value } from '../../onnx/graph-builder.js';
import { convolutionOf, type Convolution } from '../conv2d.js';
import { partName } from '../parameter-layout.js';
import type { Strategy } from '../strategy.js';
import { tapRows, termPlaces, usefulShare } from './tap-rows.js';
import { tapLayout } from './tap-layout.js';

/** From so many channels on, a matrix product for every tap keeps the processor busy. */
const MANY_CHANNELS = 128;
/** Where more of the work than this meets no padding, a blocked convolution is as fast. */
const MOSTLY_USEFUL = 0.75;

/**
 * Convolution of small maps with many channels: one matrix product for every tap of the kernel, with just those pixels that the tap
 * meets. On a 4×4 map a 3×3 kernel spends 31 % of its multiplications on padding, on a 2×2 map 56 %; here they are left out. Each tap
 * has a weight matrix of its own in the graph, so that its gradient leaves a matrix product in the very layout of the weights.
 */
export const rowsConv2d: Strategy<'conv2d'> = {
  name: 'rows',
  fits(node, { block }, [input]) {
    const { strides, dilation, padding } = node.operation;
    if (block === undefined || [...strides, ...dilation].some((step) => step !== 1)) return false;
    if (Math.min(input.shape[2], node.shape[2]) < MANY_CHANNELS) return false;
    const kernel = [
      input.shape[0] + padding.top + padding.bottom - node.shape[0] + 1,
      input.shape[1] + padding.left + padding.right - node.shape[1] + 1,
    ];
    const of = { batch: 1, input: input.shape, output: node.shape, kernel, strides, dilation, padding };
    return usefulShare(of) < MOSTLY_USEFUL;
  },
  layouts: { input: 'rows', output: 'rows' },
  parameterLayouts: ({ operation }) => ({ [operation.kernel]: tapLayout }),
  emit(node, [input], emission) {
    const { builder } = emission;
    const { kernel: kernelName, bias: biasName } = node.operation;
    const of = convolutionOf(node, input.shape, emission);
    // A tap that meets nothing but padding has no part in the result, and a gradient of 0.
    const taps = tapRows(of).map((rows, tap) => ({
      rows,
      weights: emission.state(partName(kernelName, tap), kernelName),
    }));
    const met = taps.filter(({ rows }) => rows.inputs.length > 0);
    const operands = met.map(({ rows }) => pickRows(builder, input.value, rows.inputs, rowCount(of, 'input')));
    const sums = addTerms(
      builder,
      met.map(({ weights }, i) => builder.op('MatMul', [operands[i], weights])),
      met.map(({ rows }) => rows.outputs),
      [rowCount(of, 'output'), of.output[2]],
    );
    return {
      output: biasName === undefined ? sums : builder.add(sums, emission.parameter(biasName)),
      backward(gradient) {
        const ofTaps = met.map(({ rows }) => pickRows(builder, gradient, rows.outputs, rowCount(of, 'output')));
        const byInput = addTerms(
          builder,
          met.map(({ weights }, i) => builder.op('Gemm', [ofTaps[i], weights], { transB: 1 })),
          met.map(({ rows }) => rows.inputs),
          [rowCount(of, 'input'), of.input[2]],
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
            ...(biasName !== undefined && { [biasName]: columnSums(builder, gradient, rowCount(of, 'output')) }),
          },
        };
      },
    };
  },
};

const rowCount = ({ batch, ...of }: Convolution, side: 'input' | 'output'): number => batch * of[side][0] * of[side][1];

function pickRows(builder: GraphBuilder, value: Value, rows: readonly number[], all: number): Value {
  return rows.length === all ? value : builder.gatherRows(value, rows);
}

/** Adds up what the taps gave at the rows it belongs to, as a gather of all terms of each row and one product with ones. */
function addTerms(
  builder: GraphBuilder,
  terms: readonly Value[],
  targets: readonly (readonly number[])[],
  [rows, columns]: readonly [number, number],
): Value {
  if (terms.length === 1 && targets[0].length === rows) return terms[0];
  const count = targets.reduce((sum, { length }) => sum + length, 0);
  const withZeros = builder.op('Concat', [...terms, builder.zeros([1, columns])], { axis: 0 });
  const placed = builder.gatherRows(withZeros, termPlaces(targets, rows, count));
  return builder.reshape(columnSums(builder, builder.reshape(placed, [terms.length, rows * columns]), terms.length), [
    rows,
    columns,
  ]);
}

/** Σ over the rows of a matrix, [columns]; several times faster than a reduction over the first axis. */
function columnSums(builder: GraphBuilder, matrix: Value, rows: number): Value {
  const ones = builder.tensor(new Float32Array(rows).fill(1), [1, rows]);
  return builder.reshape(builder.op('MatMul', [ones, matrix]), [-1]);
}
