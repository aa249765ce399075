import { Random, type GraphNode, type Operation, type Padding, type Shape } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { noPadding, referenceForward, type Reference, type ReferenceParameters } from '@reluctant/core/testing';
import { runOperation } from '../testing/run-operation.js';

interface Case {
  readonly title: string;
  readonly operation: Operation;
  readonly inputs: readonly Shape[];
  readonly output: Shape;
  readonly parameters?: Readonly<Record<string, readonly number[]>>;
  readonly batch?: number;
  /** Whether the second input is the ReLU of the first. */
  readonly rectified?: boolean;
}

/** tfjs's `same`: the smaller half of an odd total comes first. */
function samePadding([height, width]: Shape, size: readonly number[], strides: readonly number[]): Padding {
  const total = (extent: number, axis: number) =>
    Math.max((Math.ceil(extent / strides[axis]) - 1) * strides[axis] + size[axis] - extent, 0);
  const [rows, columns] = [total(height, 0), total(width, 1)];
  const [top, left] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  return { top, bottom: rows - top, left, right: columns - left };
}

function windowed(
  [height, width]: Shape,
  size: readonly number[],
  strides: readonly number[],
  padding: Padding,
  dilation: readonly number[] = [1, 1],
): [number, number] {
  const extent = (span: number, axis: number) =>
    Math.floor((span - (size[axis] - 1) * dilation[axis] - 1) / strides[axis]) + 1;
  return [extent(height + padding.top + padding.bottom, 0), extent(width + padding.left + padding.right, 1)];
}

type Pair = readonly [number, number];
type PaddingRule = 'same' | 'valid' | Padding;

function paddingOf(rule: PaddingRule, input: Shape, size: Pair, strides: Pair): Padding {
  if (rule === 'valid') return noPadding;
  return rule === 'same' ? samePadding(input, size, strides) : rule;
}

function conv(
  input: Shape,
  size: Pair,
  strides: Pair,
  rule: PaddingRule,
  more: { out?: number; bias?: boolean; dilation?: Pair; batch?: number } = {},
): Case {
  const { out = 3, bias = true, dilation = [1, 1], batch = 2 } = more;
  const padding = paddingOf(rule, input, size, strides);
  return {
    title: `conv2d ${input.join('×')} kernel ${size} stride ${strides} ${JSON.stringify(rule)} ${JSON.stringify(more)}`,
    operation: { op: 'conv2d', kernel: 'kernel', ...(bias && { bias: 'bias' }), strides, padding, dilation },
    inputs: [input],
    output: [...windowed(input, size, strides, padding, dilation), out],
    parameters: { kernel: [...size, input[2], out], ...(bias && { bias: [out] }) },
    batch,
  };
}

function pool(
  op: 'maxPool' | 'averagePool',
  input: Shape,
  size: Pair,
  strides: Pair,
  rule: PaddingRule,
  batch = 2,
): Case {
  const padding = paddingOf(rule, input, size, strides);
  return {
    title: `${op} ${input.join('×')} size ${size} stride ${strides} ${JSON.stringify(rule)} batch ${batch}`,
    operation: { op, size, strides, padding },
    inputs: [input],
    output: [...windowed(input, size, strides, padding), input[2]],
    batch,
  };
}

function elementwise(operation: Operation): Case[] {
  return [[3, 5, 2], [7]].map((shape) => ({
    title: `${JSON.stringify(operation)} on [${shape}]`,
    operation,
    inputs: [shape],
    output: shape,
  }));
}

function leak(shape: Shape): Case {
  return {
    title: `leak on [${shape}]`,
    operation: { op: 'leak', slope: 'slope' },
    inputs: [shape, shape],
    output: shape,
    parameters: { slope: [shape.at(-1)!] },
    rectified: true,
  };
}

function batchNorm(shape: Shape, affine: 'both' | 'gamma' | 'beta' | 'none', batch = 4): Case {
  const channels = [shape.at(-1)!];
  const gamma = affine === 'both' || affine === 'gamma';
  const beta = affine === 'both' || affine === 'beta';
  return {
    title: `batchNorm on [${shape}] with ${affine}, batch ${batch}`,
    operation: {
      op: 'batchNorm',
      ...(gamma && { gamma: 'gamma' }),
      ...(beta && { beta: 'beta' }),
      movingMean: 'mean',
      movingVariance: 'variance',
      epsilon: 1e-3,
      momentum: 0.9,
    },
    inputs: [shape],
    output: shape,
    parameters: {
      mean: channels,
      variance: channels,
      ...(gamma && { gamma: channels }),
      ...(beta && { beta: channels }),
    },
    batch,
  };
}

const explicit: Padding = { top: 0, bottom: 2, left: 1, right: 0 };

const cases: Case[] = [
  { title: 'input of maps', operation: { op: 'input' }, inputs: [[3, 4, 2]], output: [3, 4, 2] },
  { title: 'input of vectors', operation: { op: 'input' }, inputs: [[5]], output: [5] },
  conv([5, 7, 2], [3, 3], [1, 1], 'same'),
  conv([5, 7, 2], [3, 3], [1, 1], 'valid', { bias: false, batch: 1 }),
  conv([9, 9, 2], [3, 3], [1, 1], 'same', { out: 2 }),
  conv([6, 8, 2], [3, 3], [2, 2], 'same'),
  conv([7, 6, 2], [3, 3], [2, 2], 'valid'),
  conv([7, 7, 1], [3, 3], [2, 2], 'same', { batch: 1 }),
  conv([8, 6, 3], [2, 2], [1, 1], 'same'),
  conv([8, 6, 3], [2, 2], [2, 2], 'same'),
  conv([6, 6, 2], [1, 1], [1, 1], 'valid', { out: 4 }),
  conv([6, 7, 2], [1, 1], [2, 2], 'same', { bias: false }),
  conv([9, 9, 1], [3, 3], [1, 1], 'valid', { dilation: [2, 2] }),
  conv([10, 9, 1], [3, 2], [2, 1], explicit, { dilation: [1, 2] }),
  conv([6, 5, 2], [5, 3], [1, 1], 'same'),
  conv([5, 6, 2], [3, 3], [1, 2], explicit),
  conv([4, 4, 2], [1, 1], [1, 1], { top: 1, bottom: 1, left: 1, right: 1 }),
  conv([2, 2, 3], [3, 3], [1, 1], 'same', { batch: 5 }),
  conv([1, 1, 3], [3, 3], [1, 1], 'same'),
  conv([17, 16, 1], [3, 3], [2, 2], 'same', { out: 2, batch: 1 }),
  {
    title: 'dense',
    operation: { op: 'dense', kernel: 'kernel', bias: 'bias' },
    inputs: [[5]],
    output: [4],
    parameters: { kernel: [5, 4], bias: [4] },
  },
  {
    title: 'dense without bias, batch 1',
    operation: { op: 'dense', kernel: 'kernel' },
    inputs: [[5]],
    output: [4],
    parameters: { kernel: [5, 4] },
    batch: 1,
  },
  batchNorm([3, 4, 2], 'both'),
  batchNorm([3, 5, 3], 'beta', 1),
  batchNorm([4], 'gamma'),
  batchNorm([3, 4, 2], 'none', 2),
  batchNorm([5], 'both', 3),
  ...elementwise({ op: 'relu' }),
  ...elementwise({ op: 'relu', max: 0.6 }),
  ...elementwise({ op: 'leakyRelu', alpha: 0.2 }),
  ...elementwise({ op: 'leakyRelu', alpha: 1.5 }),
  leak([3, 5, 2]),
  leak([7]),
  ...elementwise({ op: 'sigmoid' }),
  ...elementwise({ op: 'tanh' }),
  pool('maxPool', [6, 4, 2], [2, 2], [2, 2], 'valid'),
  pool('maxPool', [5, 7, 3], [2, 2], [2, 2], 'same'),
  pool('maxPool', [7, 5, 2], [3, 3], [2, 2], 'same', 1),
  pool('maxPool', [7, 5, 2], [3, 2], [1, 1], 'valid', 3),
  pool('maxPool', [5, 5, 1], [2, 2], [3, 3], 'valid'),
  pool('averagePool', [6, 4, 2], [2, 2], [2, 2], 'valid'),
  pool('averagePool', [5, 7, 3], [2, 2], [2, 2], 'same'),
  pool('averagePool', [7, 6, 2], [3, 3], [2, 2], 'same', 1),
  pool('averagePool', [7, 5, 2], [3, 2], [1, 1], 'valid', 3),
  pool('averagePool', [5, 6, 1], [2, 2], [3, 3], 'valid'),
  { title: 'globalAveragePool', operation: { op: 'globalAveragePool' }, inputs: [[3, 5, 4]], output: [4] },
  {
    title: 'add two',
    operation: { op: 'add' },
    inputs: [
      [3, 2, 2],
      [3, 2, 2],
    ],
    output: [3, 2, 2],
  },
  { title: 'add three', operation: { op: 'add' }, inputs: [[4], [4], [4]], output: [4] },
  {
    title: 'concatenate maps',
    operation: { op: 'concatenate' },
    inputs: [
      [3, 2, 2],
      [3, 2, 1],
      [3, 2, 3],
    ],
    output: [3, 2, 6],
  },
  { title: 'concatenate vectors', operation: { op: 'concatenate' }, inputs: [[2], [5]], output: [7] },
  { title: 'flatten maps', operation: { op: 'flatten' }, inputs: [[3, 2, 4]], output: [24] },
  { title: 'flatten a vector', operation: { op: 'flatten' }, inputs: [[6]], output: [6] },
  { title: 'zeroPad', operation: { op: 'zeroPad', padding: explicit }, inputs: [[3, 4, 2]], output: [5, 5, 2] },
  {
    title: 'padChannels',
    operation: { op: 'padChannels', before: 1, after: 2 },
    inputs: [[3, 2, 2]],
    output: [3, 2, 5],
  },
  { title: 'padChannels, vector', operation: { op: 'padChannels', before: 0, after: 2 }, inputs: [[3]], output: [5] },
];

const size = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

function randomReference(random: Random, shape: readonly number[]): Reference {
  return { shape, data: Float64Array.from({ length: size(shape) }, () => Math.fround(random.normal())) };
}

/** dL/dv for L = Σ weights·output, by central differences of the float64 reference. */
function finiteDifferences(values: Float64Array, weights: Float64Array, forward: () => Float64Array): Float64Array {
  const h = 1e-5;
  const loss = () => forward().reduce((sum, y, i) => sum + y * weights[i], 0);
  return values.map((value, i) => {
    values[i] = value + h;
    const above = loss();
    values[i] = value - h;
    const below = loss();
    values[i] = value;
    return (above - below) / (2 * h);
  });
}

function expectClose(actual: Float32Array, expected: Float64Array, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  const worst = expected.reduce((largest, value, i) => Math.max(largest, Math.abs(actual[i] - value)), 0);
  expect(worst / scale, what).toBeLessThan(5e-6);
}

const nodeOf = ({ operation, inputs, output }: Case): GraphNode => ({
  name: 'node',
  layer: 'node',
  operation,
  inputs: inputs.map((_, i) => `in${i}`),
  shape: output,
});

describe('plain strategies agree with a float64 reference and its finite differences', () => {
  it.each(cases)('$title', async (of) => {
    const random = new Random(7, of.title);
    const batch = of.batch ?? 2;
    const node = nodeOf(of);
    const inputs = of.inputs.map((shape) => randomReference(random, [batch, ...shape]));
    if (of.rectified) inputs[1] = { ...inputs[0], data: inputs[0].data.map((x) => Math.max(x, 0)) };
    const parameters: ReferenceParameters = Object.fromEntries(
      Object.entries(of.parameters ?? {}).map(([name, shape]) => [name, randomReference(random, shape)]),
    );
    const weights = randomReference(random, [batch, ...of.output]).data;
    const forward = () => referenceForward(node, inputs, parameters).data;

    const result = await runOperation(node, inputs, parameters, weights);

    expectClose(result.output, forward(), 'output');
    result.inputGradients.forEach((gradient, i) => {
      expectClose(gradient, finiteDifferences(inputs[i].data, weights, forward), `gradient of input ${i}`);
    });
    const learned = Object.keys(parameters).filter((name) => !['mean', 'variance', 'slope'].includes(name));
    expect(Object.keys(result.parameterGradients).sort()).toEqual(learned.sort());
    for (const [name, gradient] of Object.entries(result.parameterGradients)) {
      expectClose(gradient, finiteDifferences(parameters[name].data, weights, forward), `gradient of ${name}`);
    }
  });
});
