import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, sequential, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { PadChannels } from './pad-channels.js';
import { readParameters, writeParameters } from './parameters.js';
import { readNetwork } from './read-network.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const conv = (name: string, filters: number, options = {}) =>
  layers.conv2d({ name, filters, kernelSize: 3, padding: 'same', ...options });

describe('readNetwork', () => {
  it('reads a sequential model, splits fused activations and leaves a final softmax out', () => {
    const net = readNetwork(
      sequential({
        layers: [
          conv('c1', 4, { inputShape: [7, 7, 3], strides: 2, activation: 'relu' }),
          layers.batchNormalization({ name: 'b1' }),
          layers.maxPooling2d({ name: 'p1', poolSize: 2 }),
          layers.flatten({ name: 'f' }),
          layers.dropout({ name: 'd', rate: 0.25 }),
          layers.dense({ name: 'out', units: 5, activation: 'softmax' }),
        ],
      }),
    );
    expect(net.graph.nodes.map((node) => `${node.name}:${node.operation.op}[${node.shape.join()}]`)).toEqual([
      'c1_input:input[7,7,3]',
      'c1:conv2d[4,4,4]',
      'c1/relu:relu[4,4,4]',
      'b1:batchNorm[4,4,4]',
      'p1:maxPool[2,2,4]',
      'f:flatten[16]',
      'd:dropout[16]',
      'out:dense[5]',
    ]);
    expect(net.graph.output).toBe('out');
    expect(net.graph.nodes[1].operation).toMatchObject({
      strides: [2, 2],
      padding: { top: 1, bottom: 1, left: 1, right: 1 },
      kernel: 'c1/kernel',
      bias: 'c1/bias',
    });
    expect(net.graph.parameters.map(({ name, trainable }) => [name, trainable])).toEqual([
      ['c1/kernel', true],
      ['c1/bias', true],
      ['b1/gamma', true],
      ['b1/beta', true],
      ['b1/movingMean', false],
      ['b1/movingVariance', false],
      ['out/kernel', true],
      ['out/bias', true],
    ]);
    expect(net.sites).toEqual([
      { name: 'c1/relu', layer: 'c1', depth: 1, kind: 'conv', units: 4, positions: 16, map: [4, 4], skip: false },
    ]);
  });

  it('gives "same" the odd pixel at the bottom and right', () => {
    const net = readNetwork(sequential({ layers: [conv('c', 1, { inputShape: [8, 8, 1], strides: 2 })] }));
    expect(net.graph.nodes[1].operation).toMatchObject({ padding: { top: 0, bottom: 1, left: 0, right: 1 } });
  });

  it('tells the ReLU inside a residual block from the one after the addition, and two calls of one ReLU layer apart', () => {
    const x = input({ shape: [4, 4, 2], name: 'in' });
    const relu = layers.reLU({ name: 'relu' });
    const inside = relu.apply(conv('c1', 2).apply(x));
    const sum = layers.add({ name: 'sum' }).apply([conv('c2', 2).apply(inside) as never, x as never]);
    const after = relu.apply(sum);
    const out = layers.dense({ name: 'out', units: 2 }).apply(layers.flatten().apply(after));
    const net = readNetwork(model({ inputs: x, outputs: out as never }));
    expect(net.sites.map(({ name, layer, depth, skip }) => ({ name, layer, depth, skip }))).toEqual([
      { name: 'relu', layer: 'relu', depth: 1, skip: false },
      { name: 'relu#2', layer: 'relu', depth: 2, skip: true },
    ]);
    expect(net.graph.nodes.find((node) => node.name === 'sum')!.inputs).toEqual(['c2', 'in']);
  });

  it('counts a dense (DenseNet) concatenation as a skip, parallel branches (Inception) as none', () => {
    const build = (dense: boolean) => {
      const x = input({ shape: [4, 4, 2], name: 'in' });
      const a = conv('a', 2).apply(x) as SymbolicTensor;
      const b = conv('b', 2).apply(dense ? a : x) as SymbolicTensor;
      const joined = layers.concatenate({ name: 'cat' }).apply([a, b]);
      const y = layers.reLU({ name: 'r' }).apply(layers.batchNormalization({ name: 'bn' }).apply(joined));
      return readNetwork(model({ inputs: x, outputs: y as SymbolicTensor }));
    };
    expect(build(true).sites[0].skip).toBe(true);
    expect(build(false).sites[0].skip).toBe(false);
  });

  it('reads nested models, calling them twice with shared parameters', () => {
    const inner = sequential({
      name: 'inner',
      layers: [layers.dense({ name: 'd', units: 3, inputShape: [3], activation: 'relu' })],
    });
    const x = input({ shape: [3], name: 'in' });
    const net = readNetwork(model({ inputs: x, outputs: inner.apply(inner.apply(x)) as SymbolicTensor }));
    expect(net.graph.nodes.map((node) => node.name)).toEqual([
      'in',
      'inner/d',
      'inner/d/relu',
      'inner/d#2',
      'inner/d#2/relu',
    ]);
    expect(net.graph.parameters.map((parameter) => parameter.name)).toEqual(['inner/d/kernel', 'inner/d/bias']);
    expect(Object.keys(readParameters(net))).toEqual(['inner/d/kernel', 'inner/d/bias']);
  });

  it('reads layers that describe themselves', () => {
    const net = readNetwork(
      sequential({
        layers: [
          layers.averagePooling2d({ poolSize: 1, strides: 2, inputShape: [5, 5, 2], name: 'sub' }),
          new PadChannels({ before: 1, after: 3, name: 'pad' }),
        ],
      }),
    );
    expect(net.graph.nodes.at(-1)).toMatchObject({
      name: 'pad',
      operation: { op: 'padChannels', before: 1, after: 3 },
      shape: [3, 3, 6],
    });
    const padded = tf.tidy(() => (net.model.predict(tf.ones([1, 5, 5, 2])) as tf.Tensor).arraySync() as number[][][][]);
    expect(padded[0][0][0]).toEqual([0, 1, 1, 0, 0, 0]);
  });

  it.each([
    ['an unknown class', () => layers.layerNormalization({ inputShape: [4] }), /LayerNormalization.*not known/],
    [
      'an unknown activation',
      () => layers.dense({ units: 1, inputShape: [4], activation: 'swish' }),
      /activation "swish"/,
    ],
    [
      'channels first',
      () => layers.maxPooling2d({ inputShape: [4, 4, 1], dataFormat: 'channelsFirst' }),
      /channelsLast/,
    ],
  ])('refuses %s', (_, layer, message) => {
    expect(() => readNetwork(sequential({ layers: [layer()] }))).toThrow(message);
  });

  it('refuses a softmax in the middle and maps without a fixed size', () => {
    expect(() =>
      readNetwork(
        sequential({ layers: [layers.softmax({ inputShape: [4] }), layers.dense({ units: 2, name: 'after' })] }),
      ),
    ).toThrow(/"after" follows a softmax/);
    expect(() => readNetwork(sequential({ layers: [conv('c', 1, { inputShape: [null, null, 1] })] }))).toThrow(/fixed/);
  });
});

describe('parameters', () => {
  it('are read as copies and written back without leaking tensors', () => {
    const net = readNetwork(sequential({ layers: [layers.dense({ name: 'd', units: 2, inputShape: [2] })] }));
    const before = tf.memory().numTensors;
    writeParameters(net, {
      'd/kernel': { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
      'd/bias': { shape: [2], data: Float32Array.of(5, 6) },
    });
    const read = readParameters(net);
    (read['d/bias'].data as Float32Array)[0] = 99;
    expect([...readParameters(net)['d/bias'].data]).toEqual([5, 6]);
    expect([...read['d/kernel'].data]).toEqual([1, 2, 3, 4]);
    expect(tf.memory().numTensors).toBe(before);
    expect(() => writeParameters(net, { 'd/kernel': { shape: [1], data: new Float32Array(1) } })).toThrow(/d\/kernel/);
  });
});
