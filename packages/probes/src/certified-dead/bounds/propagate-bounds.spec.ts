import '@tensorflow/tfjs-backend-cpu';
import {
  leakSlopeName,
  quantile,
  Random,
  readNetwork,
  readParameters,
  withLeaks,
  writeParameters,
  type InputRange,
  type Network,
} from '@reluctant/core';
import { drawParameters, FIXTURE_MODELS, randomNetwork, referenceNetwork } from '@reluctant/core/testing';
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { input, layers, model, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchIn } from '../testing/batch-in.js';
import type { Bounds } from './bounds.js';
import { propagateBounds } from './propagate-bounds.js';

function boundsOf(network: Network, inputRange: InputRange, winograd?: readonly string[]): ReadonlyMap<string, Bounds> {
  const bounds = new Map<string, Bounds>();
  propagateBounds(network.graph, readParameters(network), { inputRange, winograd }, (node, found) =>
    bounds.set(node.name, found),
  );
  return bounds;
}

/** Checks the bounds of every element of every node against what the reference computes of images in the range. */
function expectSound(network: Network, range: InputRange, random: Random): void {
  const bounds = boundsOf(network, range);
  const batch = batchIn(network, range, random, 6);
  const outputs = referenceNetwork(network.graph, readParameters(network), batch, 'evaluation');
  for (const { name } of network.graph.nodes) {
    const { lower, upper } = bounds.get(name)!;
    const { data } = outputs.get(name)!;
    const stray = data.findIndex((value, i) => !(value >= lower[i % lower.length] && value <= upper[i % upper.length]));
    expect(stray, `${name}: element ${stray} is ${data[stray]}`).toBe(-1);
  }
}

function fixture(name: string, seed: number): Network {
  const network = readNetwork(FIXTURE_MODELS[name]());
  writeParameters(network, drawParameters(network, { seed }));
  return network;
}

const ranges = fc
  .tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0, max: 2, noNaN: true }))
  .map(([lower, width]): InputRange => ({ lower: [lower], upper: [lower + width] }));

describe('propagated bounds', () => {
  it.each(Object.keys(FIXTURE_MODELS))('hold for every element of every node: %s', (name) => {
    fc.assert(
      fc.property(fc.nat(), ranges, (seed, range) => {
        const network = fixture(name, seed);
        expectSound(network, range, new Random(seed, 'images'));
        network.model.dispose();
      }),
      { numRuns: 8 },
    );
  });

  it('hold on networks drawn from everything that a graph can hold', () => {
    fc.assert(
      fc.property(fc.noShrink(fc.nat()), fc.integer({ min: 0, max: 8 }), ranges, (seed, parts, range) => {
        const network = randomNetwork(new Random(seed, 'network'), parts);
        expectSound(network, range, new Random(seed, 'images'));
        network.model.dispose();
      }),
      { numRuns: 60 },
    );
  });

  it('hold behind leaks of any slope, and are those of the ReLU, exactly, where the slope is 0', () => {
    fc.assert(
      fc.property(fc.noShrink(fc.nat()), ranges, (seed, range) => {
        const random = new Random(seed, 'leaks');
        const network = randomNetwork(random, 6);
        const names = network.sites.map(({ name }) => name);
        const leaky = withLeaks(network, names);
        const plain = boundsOf(network, range);
        boundsOf(leaky, range).forEach((bounds, node) => {
          expect(bounds.upper).toEqual(plain.get(node.replace(/\/leak$/, ''))!.upper);
        });
        for (const name of names) {
          const slopes = leaky.added![leakSlopeName(name)].data;
          slopes.forEach((_, unit) => (slopes[unit] = random.integer(3) === 0 ? 0 : random.normal()));
        }
        expectSound(leaky, range, new Random(seed, 'images'));
        network.model.dispose();
      }),
      { numRuns: 30 },
    );
  });

  it('of a single input hold what tfjs computes of it in float32, and hardly more', () => {
    const widths: number[] = [];
    fc.assert(
      fc.property(fc.noShrink(fc.nat()), fc.integer({ min: 0, max: 6 }), (seed, parts) => {
        const network = randomNetwork(new Random(seed, 'network'), parts);
        // One value for all: the box is a point.
        const value = Math.fround(new Random(seed, 'value').normal());
        const { lower, upper } = boundsOf(network, { lower: [value], upper: [value] }).get(network.graph.output)!;
        const { shape } = network.graph.nodes[0];
        const size = shape.reduce((product, extent) => product * extent, 1);
        const upToLogits = logitsModel(network);
        fc.pre(upToLogits !== undefined);
        predict(upToLogits!, new Float32Array(size).fill(value), shape).forEach((logit, k) => {
          expect(logit).toBeGreaterThanOrEqual(lower[k]);
          expect(logit).toBeLessThanOrEqual(upper[k]);
          widths.push((upper[k] - lower[k]) / (1 + Math.abs(logit)));
        });
        network.model.dispose();
      }),
      { numRuns: 40 },
    );
    expect(quantile(widths, 0.5)).toBeLessThan(0.005);
  });

  it('are attained in the first layer, at borders too', () => {
    const conv = layers.conv2d({ name: 'conv', inputShape: [4, 5, 2], filters: 3, kernelSize: 3, padding: 'same' });
    const network = readNetwork(sequential({ layers: [conv, layers.flatten(), layers.dense({ units: 2 })] }));
    writeParameters(network, drawParameters(network, { seed: 3 }));
    const range = { lower: [-1, 0.5], upper: [2, 0.75] };
    const { lower, upper } = boundsOf(network, range).get('conv')!;
    const kernel = readParameters(network)['conv/kernel'].data;
    const images: number[] = [];
    // For each position and filter, the image that has the larger end under positive weights; and the opposite one.
    for (let place = 0; place < 20; place++) {
      for (let filter = 0; filter < 3; filter++) {
        for (const sign of [1, -1]) {
          for (let i = 0; i < 40; i++) {
            const [c, pixel] = [i % 2, i >> 1];
            const [dy, dx] = [Math.floor(pixel / 5) - Math.floor(place / 5) + 1, (pixel % 5) - (place % 5) + 1];
            const under = dy >= 0 && dy < 3 && dx >= 0 && dx < 3;
            const weight = under ? kernel[((dy * 3 + dx) * 2 + c) * 3 + filter] : 0;
            images.push(sign * weight > 0 ? range.upper[c] : range.lower[c]);
          }
        }
      }
    }
    const x = Float32Array.from(images);
    const batch = { size: 120, x, y: new Int32Array(120) };
    const { data } = referenceNetwork(network.graph, readParameters(network), batch, 'evaluation').get('conv')!;
    for (let element = 0; element < 60; element++) {
      expect(data[element * 2 * 60 + element]).toBeCloseTo(upper[element], 4);
      expect(data[(element * 2 + 1) * 60 + element]).toBeCloseTo(lower[element], 4);
    }
    network.model.dispose();
  });

  it('allow Winograd’s algorithm more, where it is said to be used', () => {
    const network = fixture('convolution on odd maps', 1);
    const range = { lower: [-1], upper: [1] };
    const direct = boundsOf(network, range);
    const other = boundsOf(network, range, ['conv1']);
    direct.get('conv1')!.upper.forEach((bound, i) => {
      const more = other.get('conv1')!.upper[i] - bound;
      expect(more).toBeGreaterThan(0);
      expect(more).toBeLessThan(0.1);
    });
    network.model.dispose();
  });

  it('know nothing beyond float32, and of what depends on it', () => {
    const dense = layers.dense({ name: 'dense', inputShape: [2], units: 2, useBias: false });
    const network = readNetwork(
      sequential({ layers: [dense, layers.reLU({ name: 'relu' }), layers.dense({ units: 2 })] }),
    );
    dense.setWeights([tensor([1e38, 1, 1e38, 1], [2, 2])]);
    const bounds = boundsOf(network, { lower: [0], upper: [100] });
    expect([...bounds.get('dense')!.upper]).toEqual([NaN, expect.closeTo(200, 3)]);
    expect(bounds.get('relu')!.upper[0]).toBeNaN();
    expect(bounds.get(network.graph.output)!.upper[0]).toBeNaN();
    network.model.dispose();
  });

  it.each([
    [{ lower: [0], upper: [1, 2] }, /1 lower and 2 upper.*3 channel/],
    [{ lower: [0, 0], upper: [1, 1] }, /2 lower and 2 upper.*3 channel/],
    [{ lower: [2], upper: [1] }, /from 2 to 1 in channel 0/],
    [{ lower: [0, 0, NaN], upper: [1] }, /from NaN to 1 in channel 2/],
    [{ lower: [-Infinity], upper: [0] }, /two finite numbers/],
  ])('refuse the range %j', (range, message) => {
    const image = input({ shape: [2, 2, 3] });
    const network = readNetwork(model({ inputs: image, outputs: layers.flatten().apply(image) as typeof image }));
    expect(() => boundsOf(network, range)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(message) }),
    );
    network.model.dispose();
  });
});

/** The model without a softmax at its end, which the graph leaves out too; none where that is part of its last layer. */
function logitsModel({ model: whole }: Network): LayersModel | undefined {
  const last = whole.layers.at(-1)!;
  if (last.getConfig()['activation'] === 'softmax') return last.getClassName() === 'Dense' ? undefined : before(last);
  return last.getClassName() === 'Softmax' ? before(last) : whole;

  function before(softmax: typeof last): LayersModel {
    return model({ inputs: whole.inputs, outputs: softmax.input as (typeof whole.inputs)[0] });
  }
}

function predict(from: LayersModel, x: Float32Array, shape: readonly number[]): readonly number[] {
  const batch = tensor(x, [1, ...shape]);
  const output = from.predict(batch) as Tensor;
  const values = [...output.dataSync()];
  batch.dispose();
  output.dispose();
  return values;
}
