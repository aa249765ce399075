import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { createInitializerFactory, type InitializerFactory, type Network, type Task } from '@reluctant/core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { resnetOptionsSchema } from './options.js';
import { resnet } from './resnet.js';

const cifar: Task = { inputShape: [32, 32, 3], classes: 10 };
/** For tests that count: drawing millions of weights would only take time. */
const zeros: InitializerFactory = {
  layer: () => ({ kernelInitializer: initializers.zeros(), biasInitializer: initializers.zeros() }),
};

const built: Network[] = [];
function build(options: unknown, task = cifar, factory = zeros): Network {
  const network = resnet.build(resnetOptionsSchema.parse(options), task, factory);
  built.push(network);
  return network;
}
const trainableParameters = (network: Network): number =>
  network.graph.parameters
    .filter(({ trainable }) => trainable)
    .reduce((sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1), 0);
const nodeNames = (network: Network): string[] => network.graph.nodes.map(({ name }) => name);

beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterEach(() => {
  built.splice(0).forEach(({ model }) => model.dispose());
  expect(tf.memory().numTensors).toBe(0);
});

describe('resnet', () => {
  // He et al. 2016, table 6, gives 0.27 M, 0.46 M, 0.66 M, 0.85 M and 1.7 M for option A; to the unit they are published with
  // github.com/akamaster/pytorch_resnet_cifar10, and those of ResNet-18 and 34 with github.com/kuangliu/pytorch-cifar.
  it.each([
    [{ depth: 20 }, 269_722],
    [{ depth: 32 }, 464_154],
    [{ depth: 44 }, 658_586],
    [{ depth: 56 }, 853_018],
    [{ depth: 110 }, 1_727_962],
    [{ depth: 20, shortcut: 'projection' }, 272_474],
    [{ variant: 'resnet18' }, 11_173_962],
    [{ variant: 'resnet34' }, 21_282_122],
  ])('%j has the published %i parameters', (options, count) => {
    expect(trainableParameters(build(options))).toBe(count);
  });

  it('has a site for every ReLU, from input to output; only those after an addition have a skip', () => {
    const { sites } = build({ depth: 8, width: 4 });
    const site = (name: string, depth: number, units: number, side: number, skip: boolean) => ({
      name,
      layer: name,
      depth,
      kind: 'conv',
      units,
      positions: side * side,
      map: [side, side],
      skip,
    });
    expect(sites).toEqual([
      site('stem_relu', 1, 4, 32, false),
      site('stage1_block1_relu1', 2, 4, 32, false),
      site('stage1_block1_relu2', 3, 4, 32, true),
      site('stage2_block1_relu1', 4, 8, 16, false),
      site('stage2_block1_relu2', 5, 8, 16, true),
      site('stage3_block1_relu1', 6, 16, 8, false),
      site('stage3_block1_relu2', 7, 16, 8, true),
    ]);
  });

  it.each([
    [{ depth: 20 }, 19],
    [{ depth: 56, width: 2 }, 55],
    [{ variant: 'resnet18', width: 2 }, 17],
    [{ variant: 'resnet34', width: 2 }, 33],
  ])('%j has %i sites, every second one after the stem with a skip', (options, count) => {
    const { sites } = build(options);
    expect(sites.map(({ skip }) => skip)).toEqual(Array.from({ length: count }, (_, i) => i > 0 && i % 2 === 0));
  });

  it('leaves out additions and shortcuts without skips, and nothing else', () => {
    const [withSkips, plain] = [true, false].map((skips) =>
      build({ depth: 20, width: 4, shortcut: 'projection', skips }),
    );
    const ofShortcuts = /_add$|_shortcut_/;
    expect(nodeNames(withSkips).filter((name) => ofShortcuts.test(name))).toHaveLength(9 + 2 * 2);
    expect(nodeNames(plain)).toEqual(nodeNames(withSkips).filter((name) => !ofShortcuts.test(name)));
    expect(plain.sites).toEqual(withSkips.sites.map((site) => ({ ...site, skip: false })));
  });

  it('orders a block that changes shape: padded strided convolution, then the shortcut after the second', () => {
    const { graph } = build({ depth: 8, width: 5 });
    const block = graph.nodes.filter(({ name }) => name.startsWith('stage2_block1'));
    expect(block.map(({ name, operation }) => `${name.slice(14)}: ${operation.op}`)).toEqual([
      'pad1: zeroPad',
      'conv1: conv2d',
      'bn1: batchNorm',
      'relu1: relu',
      'conv2: conv2d',
      'bn2: batchNorm',
      'shortcut_pool: averagePool',
      'shortcut_pad: padChannels',
      'add: add',
      'relu2: relu',
    ]);
    // 5 channels become 10: two zeros before, three after.
    expect(block[7].operation).toEqual({ op: 'padChannels', before: 2, after: 3 });
    expect(graph.nodes.slice(-2).map(({ name }) => name)).toEqual(['pool', 'logits']);
  });

  it('gives convolutions biases only without batch normalisation', () => {
    const roles = (batchNorm: boolean): Set<string> =>
      new Set(
        build({ depth: 8, width: 2, batchNorm })
          .graph.parameters.filter(({ name }) => !name.startsWith('logits'))
          .map(({ role }) => role),
      );
    expect(roles(true)).toEqual(new Set(['kernel', 'gamma', 'beta', 'movingMean', 'movingVariance']));
    expect(roles(false)).toEqual(new Set(['kernel', 'bias']));
  });

  it.each([
    [
      [28, 28, 1],
      [784, 196, 49],
    ],
    [
      [27, 33, 3],
      [891, 238, 63],
    ],
    [
      [4, 4, 3],
      [16, 4, 1],
    ],
  ])('takes images of shape %j', (inputShape, positions) => {
    const { sites } = build({ depth: 8, width: 2 }, { inputShape: inputShape as [number, number, number], classes: 4 });
    expect(sites.filter(({ skip }) => skip).map((site) => site.positions)).toEqual(positions);
  });

  it('refuses images that are too small for the stages, before anything is allocated', () => {
    const tiny: Task = { inputShape: [6, 32, 3], classes: 10 };
    expect(() => build({ variant: 'resnet18' }, tiny)).toThrow(/need at least 8×8 pixels; these images have 6×32/);
    expect(tf.memory().numTensors).toBe(0);
    expect(build({ depth: 8, width: 1 }, tiny).sites).toHaveLength(7);
  });

  it('draws its weights from the factory: equal seeds give equal outputs', () => {
    const outputs = [1, 1, 2].map((seed) => {
      const factory = createInitializerFactory({ kind: 'he-normal', bias: 0 }, seed);
      const { model } = build({ depth: 8, width: 4 }, { inputShape: [8, 8, 3], classes: 10 }, factory);
      return tf.tidy(() => [...(model.predict(tf.ones([1, 8, 8, 3])) as tf.Tensor).dataSync()]);
    });
    expect(outputs[0]).toHaveLength(10);
    expect(outputs[0]).toEqual(outputs[1]);
    expect(outputs[0]).not.toEqual(outputs[2]);
  });
});

describe('resnetOptionsSchema', () => {
  it('fills in defaults', () => {
    expect(resnetOptionsSchema.parse({})).toEqual({ variant: 'cifar', skips: true, batchNorm: true });
  });

  it.each([
    [{ depth: 21 }, 'depth'],
    [{ depth: 2 }, 'depth'],
    [{ variant: 'resnet18', depth: 20 }, 'depth'],
    [{ variant: 'resnet50' }, 'variant'],
    [{ width: 0 }, 'width'],
    [{ shortcut: 'none' }, 'shortcut'],
  ])('refuses %j and names %s', (options, path) => {
    expect(resnetOptionsSchema.safeParse(options).error?.issues[0].path).toEqual([path]);
  });

  it('refuses unknown keys', () => {
    expect(resnetOptionsSchema.safeParse({ blocks: 3 }).success).toBe(false);
  });
});
