import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { readNetwork, type NetworkGraph } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { tunableNetwork } from '../testing/tunable-network.js';
import type { Device } from './device.js';
import { planLowering } from './lower-network.js';
import { nodeSignatures } from './node-signature.js';
import type { StrategyChoices } from './lower-network.js';

const device: Device = { provider: 'cpu', threads: 1, block: 16 };
const { graph } = tunableNetwork();
const signatures = nodeSignatures(graph);

/** Strategies and layouts of convolutions by name. */
function planOf(of: NetworkGraph, choices: StrategyChoices) {
  const convolutions = planLowering(of, device, choices).nodes.filter(({ node }) => node.operation.op === 'conv2d');
  return Object.fromEntries(convolutions.map(({ node, strategy }) => [node.name, strategy.name]));
}

describe('a signature', () => {
  it('is what equal layers share: shapes and settings, no names', () => {
    expect(signatures.get('conv2')).toBe(
      'conv2d 4x4x16 -> 4x4x128 bias=128 dilation=1x1 kernel=3x3x16x128 padding=bottom:1,left:1,right:1,top:1 strides=1x1',
    );
    expect(signatures.get('conv3')).toBe(signatures.get('conv4'));
    expect(new Set(['conv1', 'conv2', 'conv3'].map((name) => signatures.get(name))).size).toBe(3);
    expect(signatures.get('logits')).toBe('dense 128 -> 3 bias=3 kernel=128x3');
  });

  it('tells convolutions apart that differ in stride, padding, dilation, kernel or bias', () => {
    const image = input({ shape: [9, 9, 16] });
    const variants = [
      {},
      { strides: 2 },
      { padding: 'same' as const },
      { dilationRate: 2 },
      { kernelSize: 1 },
      { useBias: false },
    ];
    const outputs = variants.map((variant, i) => {
      const layer = layers.conv2d({ filters: 16, kernelSize: 3, name: `variant${i}`, ...variant });
      return layers.flatten().apply(layer.apply(image)) as SymbolicTensor;
    });
    const all = layers.concatenate().apply(outputs) as SymbolicTensor;
    const network = readNetwork(model({ inputs: image, outputs: all }));
    const found = nodeSignatures(network.graph);
    expect(new Set(variants.map((_, i) => found.get(`variant${i}`))).size).toBe(variants.length);
  });
});

describe('planLowering', () => {
  const byRules = { conv1: 'blocked output', conv2: 'blocked', conv3: 'winograd', conv4: 'winograd' };

  it('follows the rules where nothing is chosen', () => {
    expect(planOf(graph, {})).toEqual(byRules);
  });

  it('follows choices, for all layers of that signature', () => {
    expect(planOf(graph, { [signatures.get('conv3')!]: 'blocked' })).toEqual({
      ...byRules,
      conv3: 'blocked',
      conv4: 'blocked',
    });
    expect(planOf(graph, { [signatures.get('conv2')!]: 'plain' })).toEqual({ ...byRules, conv2: 'plain' });
  });

  it.each(['positions output', 'no such strategy', ''])('ignores the choice %j where that does not fit', (name) => {
    expect(planOf(graph, { [signatures.get('conv3')!]: name })).toEqual(byRules);
  });

  it('lays out what comes before a convolution as its chosen strategy likes it', () => {
    const image = input({ shape: [8, 8, 3] });
    const conv = (name: string) => layers.conv2d({ filters: 128, kernelSize: 3, padding: 'same', name });
    const pooled = layers.globalAveragePooling2d({ dataFormat: 'channelsLast' });
    const logits = layers.dense({ units: 2 });
    const output = logits.apply(pooled.apply(conv('b').apply(conv('a').apply(image)))) as SymbolicTensor;
    const network = readNetwork(model({ inputs: image, outputs: output }));
    const ofB = nodeSignatures(network.graph).get('b')!;
    expect(planOf(network.graph, {})).toEqual({ a: 'positions output', b: 'winograd' });
    expect(planOf(network.graph, { [ofB]: 'blocked' })).toEqual({ a: 'blocked output', b: 'blocked' });
  });

  it('computes a layer plainly whose calls would keep its kernel in different layouts', () => {
    const shared = layers.conv2d({ filters: 128, kernelSize: 3, padding: 'same', name: 'shared' });
    const pool = layers.maxPooling2d({ poolSize: 2 });
    const image = input({ shape: [4, 4, 128] });
    const twice = (between: SymbolicTensor) => {
      const flat = layers.flatten().apply(shared.apply(between));
      return readNetwork(model({ inputs: image, outputs: layers.dense({ units: 2 }).apply(flat) as SymbolicTensor }));
    };
    const onSmaller = twice(pool.apply(shared.apply(image)) as SymbolicTensor);
    expect(planOf(onSmaller.graph, {})).toEqual({ shared: 'plain', 'shared#2': 'plain' });

    const onEqual = twice(shared.apply(image) as SymbolicTensor);
    expect(planOf(onEqual.graph, {})).toEqual({ shared: 'winograd', 'shared#2': 'winograd' });
    const choice = { [nodeSignatures(onEqual.graph).get('shared')!]: 'blocked' };
    expect(planOf(onEqual.graph, choice)).toEqual({ shared: 'blocked', 'shared#2': 'blocked' });
  });
});
