import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../graph/network.js';
import { readParameters, writeParameters } from '../graph/parameters.js';
import { readNetwork } from '../graph/read-network.js';
import { Random } from '../random/random.js';
import { allTaps } from '../testing/conformance/engine-bench.js';
import { expectClose } from '../testing/conformance/expect-close.js';
import { expectReluctantError } from '../testing/expect-reluctant-error.js';
import { randomNetwork } from '../testing/networks/random-network.js';
import { referenceNetwork } from '../testing/reference/reference-network.js';
import { evaluateTaps } from './evaluate-taps.js';
import { preactivationOf } from './tap-statistics.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const IMAGES = 3;
const probeTaps = (network: Network) => allTaps(network).filter(({ on }) => on === 'probe-split');

function imagesFor({ graph }: Network, random: Random) {
  const shape = [IMAGES, ...graph.nodes.find(({ name }) => name === graph.input)!.shape];
  const x = Float32Array.from({ length: shape.reduce((product, extent) => product * extent, 1) }, () =>
    random.normal(),
  );
  return { x, images: tf.tensor(x, shape) };
}

const small = () =>
  readNetwork(
    sequential({
      layers: [
        layers.dense({ name: 'hidden', inputShape: [2], units: 3, activation: 'relu' }),
        layers.dense({ name: 'out', units: 1 }),
      ],
    }),
  );

describe('evaluateTaps', () => {
  it('counts and sums what the reference network has at every site, whatever the network', async () => {
    let sites = 0;
    for (let seed = 0; seed < 30; seed++) {
      const random = new Random(seed, 'evaluate-taps');
      const network = randomNetwork(random, 4);
      const { x, images } = imagesFor(network, random);
      const batch = { size: IMAGES, x, y: new Int32Array(IMAGES) };
      const outputs = referenceNetwork(network.graph, readParameters(network), batch, 'evaluation');
      for (const { site, at, values } of await evaluateTaps(network, probeTaps(network), images)) {
        const { units } = network.sites.find(({ name }) => name === site)!;
        const { data } = outputs.get(at === 'activation' ? site : preactivationOf(network.graph, site))!;
        const kinks = outputs.get(preactivationOf(network.graph, site))!.data;
        // Exact zeros (padding) are the same for all; what lies closer to 0 than rounding may fall on either side.
        if (kinks.some((s) => s !== 0 && Math.abs(s) < 1e-5)) continue;
        const ofUnit = (unit: number) => data.filter((_, element) => element % units === unit);
        const of = (reduce: (elements: Float64Array) => number) =>
          Float64Array.from({ length: units }, (_, unit) => reduce(ofUnit(unit)));
        const total = (value: (y: number) => number) =>
          of((elements) => elements.reduce((sum, y) => sum + value(y), 0));
        const what = `of ${at} at ${site}, seed ${seed}`;
        expect(values.fired, `fired ${what}`).toEqual(total((y) => Number(y > 0)));
        expectClose(
          values.sum!,
          total((y) => y),
          1e-4,
          `sum ${what}`,
        );
        expectClose(
          values.sumSquares!,
          total((y) => y * y),
          1e-4,
          `sumSquares ${what}`,
        );
        expectClose(
          values.max!,
          of((elements) => Math.max(...elements)),
          1e-4,
          `max ${what}`,
        );
        sites++;
      }
      images.dispose();
      network.model.dispose();
    }
    expect(sites).toBeGreaterThan(60);
  });

  it('reads the weights of the moment, and leaves them and no tensor behind', async () => {
    const network = small();
    const images = tf.tensor([[1, -1]]);
    const write = (bias: number) =>
      writeParameters(network, {
        ...readParameters(network),
        'hidden/bias': { shape: [3], data: new Float32Array(3).fill(bias) },
      });
    const tensors = tf.memory().numTensors;
    for (const [bias, fired] of [
      [-9, 0],
      [9, 1],
      [-9, 0],
    ]) {
      write(bias);
      const before = readParameters(network);
      const [{ values }] = await evaluateTaps(
        network,
        [{ site: 'hidden/relu', at: 'activation', statistics: ['fired'], on: 'probe-split' }],
        images,
      );
      expect(Array.from(values.fired!)).toEqual([fired, fired, fired]);
      expect(readParameters(network)).toEqual(before);
    }
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('takes images of integers', async () => {
    const network = small();
    const taps = probeTaps(network);
    const [floats, integers] = [tf.tensor([[3, 1]]), tf.tensor([[3, 1]], [1, 2], 'int32')];
    expect(await evaluateTaps(network, taps, integers)).toEqual(await evaluateTaps(network, taps, floats));
  });

  it.each([
    ['a weight', { 'hidden/bias': { shape: [3], data: Float32Array.of(0, NaN, 0) } }, [[1, 1]]],
    ['the data', {}, [[1, NaN]]],
  ])('refuses NaN in %s, naming the site, and keeps no tensor', async (_, parameters, data) => {
    const network = small();
    writeParameters(network, { ...readParameters(network), ...parameters });
    const images = tf.tensor(data);
    const tensors = tf.memory().numTensors;
    const error = await expectReluctantError(evaluateTaps(network, probeTaps(network), images), 'RUN_DIVERGED');
    expect(error.message).toContain('"hidden/relu"');
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('keeps no tensor where an operation fails', async () => {
    const network = small();
    const images = tf.tensor([[1, 2, 3]]);
    const tensors = tf.memory().numTensors;
    await expect(evaluateTaps(network, probeTaps(network), images)).rejects.toThrow(/matMul/);
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
