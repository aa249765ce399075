import '@tensorflow/tfjs-backend-cpu';
import {
  PadChannels,
  readNetwork,
  readParameters,
  withLeaks,
  writeParameters,
  type NamedArrays,
  type Network,
} from '@reluctant/core';
import { drawParameters, referenceNetwork } from '@reluctant/core/testing';
import { input, layers, model, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { outgoingWeights } from './outgoing-weights.js';

type Tensor = ReturnType<typeof input>;
const apply = (layer: layers.Layer, ...x: Tensor[]) => layer.apply(x.length === 1 ? x[0] : x) as Tensor;

/** Random parameters, none of them negative, so that nothing cancels. */
function positive(network: Network): NamedArrays {
  const drawn = Object.entries(drawParameters(network, { seed: 9 }));
  const parameters = Object.fromEntries(
    drawn.map(([name, { shape, data }]) => [name, { shape, data: data.map((value) => Math.abs(value)) }]),
  );
  writeParameters(network, parameters);
  return readParameters(network);
}

const sumOf = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const expectAllClose = (actual: ArrayLike<number>, expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, unit) => expect(actual[unit]).toBeCloseTo(value, 5));
};

describe('outgoingWeights', () => {
  it('are those of a dense layer, whatever their signs', () => {
    const network = readNetwork(
      sequential({
        layers: [
          layers.dense({ name: 'hidden', inputShape: [2], units: 3, activation: 'relu' }),
          layers.dropout({ name: 'drop', rate: 0.5 }),
          layers.dense({ name: 'out', units: 2 }),
        ],
      }),
    );
    const kernel = { shape: [3, 2], data: Float32Array.of(1, -2, 0, 0, -0.5, 0.25) };
    expect([
      ...outgoingWeights(network.graph, { ...readParameters(network), 'out/kernel': kernel }, 'hidden/relu'),
    ]).toEqual([3, 0, 0.75]);
    network.model.dispose();
  });

  it('are all taps of a convolution, and all positions behind a flattening', () => {
    const network = readNetwork(
      sequential({
        layers: [
          layers.conv2d({ name: 'conv1', inputShape: [5, 5, 1], filters: 2, kernelSize: 2, activation: 'relu' }),
          layers.zeroPadding2d({ name: 'pad' }),
          layers.conv2d({ name: 'conv2', filters: 3, kernelSize: [2, 3], activation: 'relu' }),
          layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
          layers.flatten({ name: 'flat' }),
          layers.dense({ name: 'out', units: 2 }),
        ],
      }),
    );
    const parameters = positive(network);
    // Of kernels [height, width, in, out] and [positions · in, out].
    const sumWhere = (name: string, channels: number, outputs: number, unit: number) =>
      sumOf(parameters[name].data.filter((_, i) => Math.floor(i / outputs) % channels === unit));
    const of = (site: string) => outgoingWeights(network.graph, parameters, site);
    expectAllClose(of('conv1/relu'), [0, 1].map((unit) => sumWhere('conv2/kernel', 2, 3, unit))); // prettier-ignore
    expectAllClose(of('conv2/relu'), [0, 1, 2].map((unit) => sumWhere('out/kernel', 3, 2, unit))); // prettier-ignore
    network.model.dispose();
  });

  it('are by how much the sums behind rise with a unit, through everything linear that can lie between', () => {
    // The site is the input's ReLU, so that a unit can be raised by itself.
    const image = input({ name: 'image', shape: [4, 4, 2] });
    const site = apply(layers.reLU({ name: 'site' }), image);
    const normalised = apply(layers.batchNormalization({ name: 'bn' }), site);
    const padded = apply(new PadChannels({ name: 'widen', before: 1, after: 2 }), normalised);
    const joined = apply(layers.concatenate({ name: 'join' }), site, padded, site);
    const added = apply(layers.add({ name: 'add' }), joined, joined);
    const pooled = apply(layers.globalAveragePooling2d({ name: 'pool', dataFormat: 'channelsLast' }), added);
    const network = readNetwork(
      model({ inputs: image, outputs: apply(layers.dense({ name: 'out', units: 3 }), pooled) }),
    );
    const parameters = positive(network);
    const logitsAt = (raised?: number) => {
      const x = Float32Array.from({ length: 32 }, (_, i) => 1 + Number(i % 2 === raised));
      const batch = { size: 1, x, y: new Int32Array(1) };
      return sumOf(referenceNetwork(network.graph, parameters, batch, 'evaluation').get('out')!.data);
    };
    const rises = [0, 1].map((unit) => logitsAt(unit) - logitsAt());
    expectAllClose(outgoingWeights(network.graph, parameters, 'site'), rises);
    network.model.dispose();
  });

  it('count a skip to another activation, and the logits themselves, as one of weight 1', () => {
    const image = input({ name: 'image', shape: [3] });
    const first = apply(layers.reLU({ name: 'first' }), image);
    const branch = apply(layers.dense({ name: 'branch', units: 3 }), first);
    const joined = apply(layers.reLU({ name: 'joined' }), apply(layers.add({ name: 'add' }), branch, first));
    const network = readNetwork(model({ inputs: image, outputs: joined }));
    const parameters = positive(network);
    const rows = [0, 1, 2].map((unit) => sumOf(parameters['branch/kernel'].data.subarray(unit * 3, unit * 3 + 3)));
    expectAllClose(outgoingWeights(network.graph, parameters, 'first'), rows.map((sum) => sum + 1)); // prettier-ignore
    expect([...outgoingWeights(network.graph, parameters, 'joined')]).toEqual([1, 1, 1]);
    network.model.dispose();
  });

  it('are those of the ReLU where it has a leak', () => {
    const network = readNetwork(
      sequential({
        layers: [
          layers.dense({ name: 'hidden', inputShape: [2], units: 3, activation: 'relu' }),
          layers.dense({ name: 'next', units: 4, activation: 'relu' }),
          layers.dense({ name: 'out', units: 2 }),
        ],
      }),
    );
    const sites = network.sites.map(({ name }) => name);
    const leaky = withLeaks(network, sites);
    for (const { data } of Object.values(leaky.added!)) data.fill(0.5);
    for (const site of sites) {
      const expected = outgoingWeights(network.graph, readParameters(network), site);
      expect(outgoingWeights(leaky.graph, readParameters(leaky), site)).toEqual(expected);
    }
    network.model.dispose();
  });
});
