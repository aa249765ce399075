import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { createInitializerFactory } from '@reluctant/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { architectureBuilder } from './architecture-builder.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('architectureBuilder', () => {
  it.each([
    ['vgg11', 8],
    ['vgg16', 13],
    ['vgg16-bn', 13],
    ['resnet18', 17],
    ['resnet20', 19],
    ['resnet32', 31],
  ])('builds %s with its %i ReLUs', (name, sites) => {
    const network = architectureBuilder(name, 1 / 32)(createInitializerFactory({ kind: 'he-normal', bias: 0 }, 1));
    expect(network.sites).toHaveLength(sites);
    expect(network.graph.nodes.at(-1)!.shape).toEqual([10]);
    network.model.dispose();
  });

  it('gives VGG batch normalisation where the name says so', () => {
    const normalised = ['vgg11', 'vgg11-bn'].map((name) => {
      const network = architectureBuilder(name, 1 / 32)(createInitializerFactory({ kind: 'he-normal', bias: 0 }, 1));
      network.model.dispose();
      return network.graph.nodes.filter(({ operation }) => operation.op === 'batchNorm').length;
    });
    expect(normalised).toEqual([0, 8]);
  });

  it.each(['vgg12', 'resnet21', 'resnet20-bn', 'resnet', 'alexnet', ''])('refuses "%s" with what there is', (name) => {
    expect(() => architectureBuilder(name, 1)).toThrow(/Unknown architecture .* Known: vgg11, .* depth 6n \+ 2/);
  });
});
