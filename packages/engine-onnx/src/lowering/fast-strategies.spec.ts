import { Random, type GraphNode, type Operation, type Padding, type Shape } from '@reluctant/core';
import type { Reference, ReferenceParameters } from '@reluctant/core/testing';
import { describe, expect, it } from 'vitest';
import { blockedDevice } from '../testing/blocked-device.js';
import { runOperation } from '../testing/run-operation.js';
import type { Layout } from './layout.js';
import { chooseStrategy } from './rule-table.js';

const device = await blockedDevice();
const b = device.block ?? 16;

interface Case {
  readonly title: string;
  readonly operation: Operation;
  readonly input: Shape;
  readonly output: Shape;
  readonly parameters?: Readonly<Record<string, readonly number[]>>;
  readonly batch: number;
  readonly strategy?: string;
  readonly layout?: Layout;
  readonly wanted?: Layout;
  /** Whether the strategy has to be chosen, since the rules prefer another. */
  readonly chosen?: boolean;
  /** Whether there is a second input, which is the ReLU of the first. */
  readonly rectified?: boolean;
}

const pads = (top: number, left: number, bottom: number, right: number): Padding => ({ top, left, bottom, right });

function conv(
  [height, width, channels]: Shape,
  outputs: number,
  size: number,
  stride: number,
  padding: Padding,
  batch: number,
  strategy = 'blocked',
  wanted?: Layout,
): Case {
  const extent = (span: number, around: number) => Math.floor((span + around - size) / stride) + 1;
  return {
    title: `conv ${height}×${width}×${channels}→${outputs} kernel ${size} stride ${stride} ${JSON.stringify(padding)} batch ${batch}`,
    operation: {
      op: 'conv2d',
      kernel: 'kernel',
      bias: 'bias',
      strides: [stride, stride],
      padding,
      dilation: [1, 1],
    },
    input: [height, width, channels],
    output: [extent(height, padding.top + padding.bottom), extent(width, padding.left + padding.right), outputs],
    parameters: { kernel: [size, size, channels, outputs], bias: [outputs] },
    batch,
    strategy,
    wanted,
  };
}

function batchNorm(shape: Shape, batch: number, layout: 'blocked' | 'positions'): Case {
  const channels = shape[2];
  return {
    title: `batch norm ${layout} ${shape.join('×')}, batch ${batch}`,
    operation: {
      op: 'batchNorm',
      gamma: 'gamma',
      beta: 'beta',
      movingMean: 'mean',
      movingVariance: 'variance',
      epsilon: 1e-3,
      momentum: 0.9,
    },
    input: shape,
    output: shape,
    parameters: { gamma: [channels], beta: [channels], mean: [channels], variance: [channels] },
    batch,
    layout,
    strategy: layout,
  };
}

const same = pads(1, 1, 1, 1);
const none = pads(0, 0, 0, 0);

const cases: Case[] = [
  conv([8, 8, b], b, 3, 1, same, b),
  conv([8, 8, 2 * b], b, 3, 1, same, 2 * b),
  conv([6, 6, b], 2 * b, 3, 1, same, 3 * b),
  conv([7, 5, 2 * b], 3 * b, 3, 1, same, b),
  conv([4, 4, b], b, 3, 1, same, 2 * b),
  conv([2, 2, b], b, 3, 1, same, b),
  conv([1, 1, b], b, 3, 1, same, b),
  conv([8, 8, b], b, 3, 1, none, b),
  conv([6, 6, b], b, 5, 1, pads(2, 2, 2, 2), b),
  conv([5, 5, b], 2 * b, 1, 1, none, b),
  conv([8, 8, b], 2 * b, 3, 2, same, b),
  conv([8, 6, 2 * b], b, 3, 2, same, 2 * b),
  conv([7, 9, b], b, 3, 2, same, b),
  conv([8, 8, b], b, 3, 2, pads(0, 0, 1, 1), b),
  conv([8, 8, b], 2 * b, 1, 2, none, b),
  conv([7, 7, b], 2 * b, 1, 2, none, b),
  conv([8, 8, b], b, 5, 2, pads(2, 2, 2, 2), b),
  conv([6, 6, b], b, 3, 3, none, b),
  conv([8, 8, b], b, 3, 1, same, 1),
  conv([8, 8, b], b, 3, 2, same, b + 3),
  conv([6, 6, 3], b, 3, 1, same, b, 'blocked output'),
  conv([7, 6, 1], 2 * b, 3, 2, same, 5, 'blocked output'),
  conv([8, 8, b], b + 4, 3, 1, same, b, 'plain'),
  ...[b, 1, 7].map((batch): Case => ({
    title: `max pool, batch ${batch}`,
    operation: { op: 'maxPool', size: [2, 2], strides: [2, 2], padding: none },
    input: [6, 8, 2 * b],
    output: [3, 4, 2 * b],
    batch,
    strategy: 'blocked',
  })),
  {
    title: 'overlapping max pool of a blocked map',
    operation: { op: 'maxPool', size: [3, 3], strides: [2, 2], padding: same },
    input: [6, 8, b],
    output: [3, 4, b],
    batch: 2,
    strategy: 'plain',
  },
  ...[
    [4, 4, 2 * b],
    [5, 3, b],
  ].map((shape): Case => ({
    title: `global average pool ${shape.join('×')}`,
    operation: { op: 'globalAveragePool' },
    input: shape,
    output: [shape[2]],
    batch: 3,
    strategy: 'blocked',
  })),
  {
    title: 'subsampling',
    operation: { op: 'averagePool', size: [1, 1], strides: [2, 2], padding: none },
    input: [6, 4, 2 * b],
    output: [3, 2, 2 * b],
    batch: 3,
    strategy: 'blocked subsampling',
  },
  ...[
    [0, b, 'blocked'],
    [b, 2 * b, 'blocked'],
    [b / 2, b / 2, 'plain'],
  ].map(([before, after, strategy]): Case => ({
    title: `channels padded by ${before} and ${after}`,
    operation: { op: 'padChannels', before: before as number, after: after as number },
    input: [3, 4, b],
    output: [3, 4, b + (before as number) + (after as number)],
    batch: 2,
    strategy: strategy as string,
  })),
  ...[
    [4, 4, b, 5],
    [3, 5, 2 * b, b],
    [1, 1, b, 4],
  ].map(([height, width, channels, batch]) => batchNorm([height, width, channels], batch, 'blocked')),
  ...[3, b].map((batch): Case => ({
    title: `max pool by positions, batch ${batch}`,
    operation: { op: 'maxPool', size: [2, 2], strides: [2, 2], padding: none },
    input: [4, 6, 2 * b],
    output: [2, 3, 2 * b],
    batch,
    layout: 'positions',
    strategy: 'positions',
  })),
  ...[
    [4, 4, b, 5],
    [3, 5, b + 3, 2],
    [1, 1, 2 * b, 4],
  ].map(([height, width, channels, batch]) => batchNorm([height, width, channels], batch, 'positions')),
  conv([4, 4, 8 * b], 8 * b, 3, 1, same, 2, 'winograd'),
  conv([8, 8, 8 * b], 8 * b, 3, 1, same, b, 'winograd'),
  conv([5, 7, 6 * b + 3], 16 * b, 3, 1, none, 3, 'winograd'),
  conv([9, 3, 8 * b], 8 * b, 3, 1, pads(2, 0, 1, 3), 1, 'winograd'),
  conv([16, 16, 4 * b], 16 * b, 3, 1, same, 3, 'winograd'),
  conv([11, 13, 8 * b], 10 * b, 3, 1, none, 2, 'winograd'),
  conv([6, 6, 3], b, 3, 1, same, b, 'positions output', 'positions'),
  conv([7, 6, 1], 2 * b, 3, 2, same, 5, 'positions output', 'positions'),
  conv([5, 8, 2], b + 3, 5, 1, pads(0, 3, 2, 1), 1, 'positions output', 'positions'),
  conv([2, 2, 8 * b], 10 * b, 3, 1, same, 5, 'taps'),
  conv([1, 1, 8 * b], 8 * b, 3, 1, same, 3, 'taps'),
  conv([3, 2, 16 * b], 8 * b, 3, 1, same, 1, 'taps'),
  ...[
    conv([4, 4, b], b, 3, 1, same, 2, 'winograd'),
    conv([2, 1, 8 * b], 8 * b, 3, 1, same, 3, 'winograd'),
    conv([20, 18, 5], 7, 3, 1, none, 2, 'winograd'),
    conv([8, 8, b], 2 * b, 3, 1, same, 2, 'taps'),
    conv([7, 9, 3], 5, 5, 1, pads(0, 3, 2, 1), 3, 'taps'),
    conv([5, 5, b], 2 * b, 1, 1, none, b, 'taps'),
    conv([6, 6, b], 2 * b, 3, 1, same, 2, 'plain'),
  ].map((of): Case => ({ ...of, title: `${of.title}, ${of.strategy} by choice`, chosen: true })),
  {
    title: 'flatten',
    operation: { op: 'flatten' },
    input: [3, 2, b],
    output: [6 * b],
    batch: 2,
  },
  ...(
    [
      [[3, 2, 2 * b], 'blocked'],
      [[1, 1, b], 'blocked'],
      [[3, 5, b + 3], 'positions'],
      [[1, 1, 5], 'positions'],
    ] as const
  ).map(([shape, layout]): Case => ({
    title: `leak ${layout} ${shape.join('×')}`,
    operation: { op: 'leak', slope: 'slope' },
    input: shape,
    output: shape,
    parameters: { slope: [shape[2]] },
    batch: 3,
    layout,
    rectified: true,
  })),
  { title: 'relu', operation: { op: 'relu' }, input: [3, 2, b], output: [3, 2, b], batch: 2 },
];

const random = new Random(3, 'fast strategies');
function numbers(shape: readonly number[], positive = false): Reference {
  const length = shape.reduce((product, extent) => product * extent, 1);
  return {
    shape,
    data: Float64Array.from({ length }, () => Math.fround(positive ? 0.5 + random.uniform() : random.normal())),
  };
}

function expectClose(actual: Float32Array, expected: Float32Array, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  const worst = expected.reduce((largest, value, i) => Math.max(largest, Math.abs(actual[i] - value)), 0);
  expect(worst / scale, what).toBeLessThan(5e-6);
}

describe.skipIf(device.block === undefined)('fast strategies agree with the plain ones', () => {
  it.each(cases)('$title', async (of) => {
    const node: GraphNode = { name: 'n', layer: 'n', operation: of.operation, inputs: ['x'], shape: of.output };
    const choice = of.chosen ? of.strategy : undefined;
    const layout = of.layout ?? (of.input[2] % b === 0 ? 'blocked' : 'plain');
    if (of.strategy !== undefined) {
      const surroundings = { inputs: [{ shape: of.input, layout }], wanted: of.wanted ?? 'plain' } as const;
      expect(chooseStrategy(node, device, surroundings, choice).name).toBe(of.strategy);
    }
    const inputs = [numbers([of.batch, ...of.input])];
    if (of.rectified) inputs.push({ ...inputs[0], data: inputs[0].data.map((x) => Math.max(x, 0)) });
    const parameters: ReferenceParameters = Object.fromEntries(
      Object.entries(of.parameters ?? {}).map(([name, shape]) => [name, numbers(shape, name === 'variance')]),
    );
    const weights = numbers([of.batch, ...of.output]).data;
    for (const mode of ['training', 'evaluation'] as const) {
      const fast = await runOperation(node, inputs, parameters, weights, {
        device,
        layout,
        mode,
        wanted: of.wanted,
        choice,
      });
      const plain = await runOperation(node, inputs, parameters, weights, { mode });
      expectClose(fast.output, plain.output, 'output');
      plain.inputGradients.forEach((gradient, i) =>
        expectClose(fast.inputGradients[i], gradient, `gradient of input ${i}`),
      );
      for (const [name, gradient] of Object.entries(plain.parameterGradients)) {
        expectClose(fast.parameterGradients[name], gradient, `gradient of ${name}`);
      }
      for (const [name, value] of Object.entries(plain.assigned)) expectClose(fast.assigned[name], value, name);
    }
  });
});
