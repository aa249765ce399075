import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { createInitializerFactory, type InitializerFactory, type Network, type Task } from '@reluctant/core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { vggOptionsSchema } from './options.js';
import { vgg } from './vgg.js';

const cifar: Task = { inputShape: [32, 32, 3], classes: 10 };
const heNormal = createInitializerFactory({ kind: 'he-normal', bias: 0 }, 1);
/** For tests that count: drawing millions of weights would only take time. */
const zeros: InitializerFactory = {
  layer: () => ({ kernelInitializer: initializers.zeros(), biasInitializer: initializers.zeros() }),
};

const built: Network[] = [];
function build(options: unknown, task = cifar, factory = zeros): Network {
  const network = vgg.build(vggOptionsSchema.parse(options), task, factory);
  built.push(network);
  return network;
}
const trainableParameters = (network: Network): number =>
  network.graph.parameters
    .filter(({ trainable }) => trainable)
    .reduce((sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1), 0);

beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterEach(() => {
  built.splice(0).forEach(({ model }) => model.dispose());
  expect(tf.memory().numTensors).toBe(0);
});

describe('vgg', () => {
  // With batch normalisation: as published for the CIFAR-10 VGGs with one 512 → 10 classifier (github.com/kuangliu/pytorch-cifar).
  // Without, VGG-16 and 19 are the convolutions of Keras' include_top=False, 14 714 688 and 20 024 384, and the classifier's 5 130.
  it.each([
    ['vgg11', true, 9_231_114],
    ['vgg13', true, 9_416_010],
    ['vgg16', true, 14_728_266],
    ['vgg19', true, 20_040_522],
    ['vgg11', false, 9_225_610],
    ['vgg16', false, 14_719_818],
    ['vgg19', false, 20_029_514],
  ])('%s (batchNorm %s) has the published %i parameters', (layout, batchNorm, count) => {
    expect(trainableParameters(build({ layout, batchNorm }))).toBe(count);
  });

  it('has a site for every ReLU, from input to output', () => {
    const { sites } = build({ layout: 'vgg11', width: 1 / 32, head: [12] });
    const conv = { kind: 'conv', skip: false };
    expect(sites).toEqual([
      { name: 'relu1', layer: 'relu1', depth: 1, units: 2, positions: 1024, map: [32, 32], ...conv },
      { name: 'relu2', layer: 'relu2', depth: 2, units: 4, positions: 256, map: [16, 16], ...conv },
      { name: 'relu3', layer: 'relu3', depth: 3, units: 8, positions: 64, map: [8, 8], ...conv },
      { name: 'relu4', layer: 'relu4', depth: 4, units: 8, positions: 64, map: [8, 8], ...conv },
      { name: 'relu5', layer: 'relu5', depth: 5, units: 16, positions: 16, map: [4, 4], ...conv },
      { name: 'relu6', layer: 'relu6', depth: 6, units: 16, positions: 16, map: [4, 4], ...conv },
      { name: 'relu7', layer: 'relu7', depth: 7, units: 16, positions: 4, map: [2, 2], ...conv },
      { name: 'relu8', layer: 'relu8', depth: 8, units: 16, positions: 4, map: [2, 2], ...conv },
      { name: 'relu9', layer: 'relu9', depth: 9, units: 12, positions: 1, kind: 'dense', skip: false },
    ]);
  });

  it('orders convolution, batch normalisation, ReLU and pooling, and ends in logits', () => {
    const { graph } = build({ layout: [4, 'M', 6], head: [5, 7], dropout: 0.5 });
    expect(graph.nodes.map(({ name, operation }) => `${name}: ${operation.op}`)).toEqual([
      'input: input',
      'conv1: conv2d',
      'bn1: batchNorm',
      'relu1: relu',
      'pool1: maxPool',
      'conv2: conv2d',
      'bn2: batchNorm',
      'relu2: relu',
      'flatten: flatten',
      'dense1: dense',
      'relu3: relu',
      'dropout1: dropout',
      'dense2: dense',
      'relu4: relu',
      'dropout2: dropout',
      'logits: dense',
    ]);
    expect(graph.output).toBe('logits');
    expect(graph.nodes.at(-1)!.shape).toEqual([10]);
    expect(graph.nodes.find(({ name }) => name === 'bn1')!.operation).toMatchObject({ epsilon: 1e-5, momentum: 0.9 });
  });

  it('drops out before the classifier where there is no hidden dense layer', () => {
    const { graph } = build({ layout: [4], dropout: 0.3 });
    expect(graph.nodes.slice(-3).map(({ name }) => name)).toEqual(['flatten', 'dropout1', 'logits']);
  });

  it('keeps at least one channel and rounds the others', () => {
    const units = build({ layout: [1, 5, 10], width: 0.25 }).sites.map((site) => site.units);
    expect(units).toEqual([1, 1, 3]);
  });

  it('takes images of other sizes', () => {
    const { sites } = build({ layout: [4, 'M', 4, 'M', 4, 'M', 4, 'M'] }, { inputShape: [28, 28, 1], classes: 7 });
    expect(sites.map(({ positions }) => positions)).toEqual([784, 196, 49, 9]);
  });

  it('refuses more poolings than the image has room for, before anything is allocated', () => {
    expect(() => build({ layout: 'vgg16' }, { inputShape: [28, 28, 1], classes: 10 })).toThrow(
      /halves the image 5 times, but 28×28 images can be halved only 4 times/,
    );
    expect(tf.memory().numTensors).toBe(0);
  });

  it('draws its weights from the factory: equal seeds give equal outputs', () => {
    const outputs = [1, 1, 2].map((seed) => {
      const { model } = build(
        { layout: [8, 'M', 8] },
        cifar,
        createInitializerFactory({ kind: 'he-normal', bias: 0 }, seed),
      );
      return tf.tidy(() => [...(model.predict(tf.ones([1, 32, 32, 3])) as tf.Tensor).dataSync()]);
    });
    expect(outputs[0]).toHaveLength(10);
    expect(outputs[0]).toEqual(outputs[1]);
    expect(outputs[0]).not.toEqual(outputs[2]);
    expect(outputs[0].every((logit) => Number.isFinite(logit) && logit !== 0)).toBe(true);
  });

  it('gives a layer the same weights whatever else the network holds', () => {
    const [conv1, conv1Deeper] = [{ layout: [8] }, { layout: [8, 8, 'M'] }].map((options) =>
      build(options, cifar, heNormal).model.getLayer('conv1').getWeights()[0].dataSync(),
    );
    expect(conv1).toEqual(conv1Deeper);
  });
});

describe('vggOptionsSchema', () => {
  it.each([[{ layout: 'vgg12' }], [{ layout: [64, 'A'] }]])('says what layouts there are: %j', (options) => {
    expect(vggOptionsSchema.safeParse(options).error?.issues).toMatchObject([
      { path: ['layout'], message: expect.stringMatching(/^give vgg11, .* or a list of channels/) },
    ]);
  });

  it('fills in defaults', () => {
    expect(vggOptionsSchema.parse({})).toEqual({ layout: 'vgg16', width: 1, batchNorm: true, head: [], dropout: 0 });
  });

  it.each([
    [{ layout: 'vgg12' }],
    [{ layout: ['M', 'M'] }],
    [{ layout: [] }],
    [{ layout: [0] }],
    [{ layout: [4097] }],
    [{ layout: [64, 'A'] }],
    [{ width: 0 }],
    [{ dropout: 1 }],
    [{ head: [1.5] }],
    [{ depth: 16 }],
  ])('refuses %j', (options) => {
    expect(vggOptionsSchema.safeParse(options).success).toBe(false);
  });
});
