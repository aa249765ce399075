import { createRequire } from 'node:module';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {
  initializers,
  input,
  layers,
  model,
  sequential,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { Random } from '@reluctant/core';
import { expectReluctantError } from '@reluctant/core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { fit, type FitOptions } from '../index.js';

const engine = { threads: 1 };
const IMAGES = 96;
const SHAPE = [8, 8, 2];
const PIXELS = 128;

/** Noise with one of three quarters of the map brighter: the label says which. */
function examples(seed: number, images = IMAGES) {
  const random = new Random(seed, 'examples');
  const y = Int32Array.from({ length: images }, () => random.integer(3));
  const x = Float32Array.from({ length: images * PIXELS }, (_, i) => {
    const pixel = i % PIXELS;
    const quarter = Math.floor(pixel / 64) * 2 + (Math.floor(pixel / 8) % 2);
    return 0.3 * random.normal() + (quarter === y[Math.floor(i / PIXELS)] ? 1 : 0);
  });
  return { x, y };
}

/** @param prefix of the layers' names, which must differ between copies of tfjs-layers */
function convolutional({ initializers, layers, sequential }: typeof tfl = tfl, prefix = ''): LayersModel {
  const kernelInitializer = initializers.glorotUniform({ seed: 1 });
  return sequential({
    layers: [
      layers.conv2d({
        name: `${prefix}conv`,
        inputShape: [8, 8, 2],
        filters: 6,
        kernelSize: 3,
        padding: 'same',
        kernelInitializer,
      }),
      layers.batchNormalization({ name: `${prefix}bn` }),
      layers.reLU({ name: `${prefix}relu` }),
      layers.maxPooling2d({ name: `${prefix}pool`, poolSize: 2 }),
      layers.flatten({ name: `${prefix}flatten` }),
      layers.dense({ name: `${prefix}out`, units: 3, activation: 'softmax', kernelInitializer }),
    ],
  });
}

function residual(): LayersModel {
  const kernelInitializer = initializers.glorotUniform({ seed: 2 });
  const conv = (name: string) => layers.conv2d({ name, filters: 4, kernelSize: 3, padding: 'same', kernelInitializer });
  const image = input({ shape: [8, 8, 2] });
  const first = layers.reLU({ name: 'first' }).apply(conv('c1').apply(image)) as SymbolicTensor;
  const inside = layers
    .reLU({ name: 'inside' })
    .apply(layers.batchNormalization({ name: 'bn' }).apply(conv('c2').apply(first)));
  const sum = layers.add().apply([first, conv('c3').apply(inside) as SymbolicTensor]);
  const after = layers.averagePooling2d({ poolSize: 2 }).apply(layers.reLU({ name: 'after' }).apply(sum));
  const logits = layers
    .dense({ name: 'logits', units: 3, kernelInitializer })
    .apply(layers.flatten().apply(after)) as SymbolicTensor;
  return model({ inputs: image, outputs: logits });
}

/** Four inputs, three classes: for what needs no convolution. */
function small(): LayersModel {
  const kernelInitializer = initializers.glorotUniform({ seed: 3 });
  return sequential({
    layers: [
      layers.dense({ name: 'hidden', units: 5, activation: 'relu', inputShape: [4], kernelInitializer }),
      layers.dense({ name: 'out', units: 3, kernelInitializer }),
    ],
  });
}
const four = { x: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], y: [0, 1, 2, 0] };

function accuracyOf(net: LayersModel, { x, y }: { x: Float32Array; y: Int32Array }): number {
  const right = tf.tidy(() => {
    const classes = tf.argMax(net.predict(tf.tensor(x, [y.length, ...SHAPE])) as tf.Tensor, -1).dataSync();
    return y.filter((label, image) => classes[image] === label).length;
  });
  return right / y.length;
}

const weights = (net: LayersModel) => net.getWeights().map((weight) => [...weight.dataSync()]);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('fit', () => {
  it.each([
    ['a Sequential model with a softmax', () => convolutional()],
    ['a functional model with a residual connection', residual],
  ])('trains %s in place', async (_, build) => {
    const net = build();
    const before = weights(net);
    const validation = examples(2, 50);
    const tensors = tf.memory().numTensors;
    const { epochs, aborted } = await fit(net, examples(1), {
      epochs: 6,
      batchSize: 20,
      learningRate: 0.02,
      validation,
      engine,
    });

    expect(tf.memory().numTensors).toBe(tensors);
    expect(tf.getBackend()).toBe('cpu');
    expect(aborted).toBe(false);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(epochs[5].loss).toBeLessThan(epochs[0].loss / 2);
    expect(epochs[5].accuracy).toBeGreaterThan(0.9);
    weights(net).forEach((values, i) => expect(values).not.toEqual(before[i]));
    expect(epochs[5].validation!.accuracy).toBe(accuracyOf(net, validation));
  });

  it('takes tensors with one-hot labels as it takes arrays, and ready-made batches as it takes what it batches itself', async () => {
    const trained = async (data: Parameters<typeof fit>[1]) => {
      const net = small();
      await fit(net, data, { epochs: 3, batchSize: 2, shuffle: false, optimizer: { kind: 'adam' }, engine });
      return weights(net);
    };
    const expected = await trained(four);
    expect(expected).not.toEqual(weights(small()));
    const tensors = { x: tf.tensor2d(four.x, [4, 4]), y: tf.oneHot(tf.tensor1d(four.y, 'int32'), 3) };
    expect(await trained(tensors)).toEqual(expected);
    expect(tensors.x.isDisposed).toBe(false);
    expect(await trained({ x: { data: four.x, shape: [4, 4] }, y: tf.tensor1d(four.y, 'int32') })).toEqual(expected);
    async function* batches() {
      yield { x: four.x.slice(0, 8), y: four.y.slice(0, 2) };
      yield { x: four.x.slice(8), y: four.y.slice(2) };
    }
    expect(await trained(batches)).toEqual(expected);
  });

  it('measures the activation probability of every unit over the training steps', async () => {
    const net = small();
    const kernel = Array.from({ length: 20 }, (_, i) => [1, -1, 0, 0, 0][i % 5]);
    const bias = [0, 0, 1, -1, 0];
    const values = [tf.tensor2d(kernel, [4, 5]), tf.tensor1d(bias)];
    net.layers[0].setWeights(values);
    net.layers[0].trainable = false;
    const { epochs } = await fit(net, four, { batchSize: 3, engine });
    expect(epochs[0].activeProbability).toEqual({ 'hidden/relu': [1, 0, 1, 0, 0] });
    expect([...net.layers[0].getWeights()[0].dataSync()]).toEqual(kernel);
    const unmeasured = await fit(net, four, { activeProbability: false, engine });
    expect(unmeasured.epochs[0].activeProbability).toEqual({});
  });

  it('calls back in order, waits, and tells how far it is', async () => {
    const told: unknown[] = [];
    const rates: number[] = [];
    await fit(small(), four, {
      epochs: 2,
      batchSize: 3,
      learningRate: ({ epoch }) => 0.1 / (1 + epoch),
      engine,
      callbacks: {
        onEpochBegin: (epoch) => told.push(`epoch ${epoch}`),
        async onBatchEnd({ batch, batches, size, loss, learningRate }) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          expect(loss).toBeGreaterThan(0);
          rates.push(learningRate);
          told.push(`${batch}/${batches}: ${size}`);
        },
        onEpochEnd: ({ epoch }) => told.push(`end ${epoch}`),
      },
    });
    expect(told).toEqual(['epoch 0', '0/2: 3', '1/2: 1', 'end 0', 'epoch 1', '0/2: 3', '1/2: 1', 'end 1']);
    expect(rates).toEqual([0.1, 0.1 / 1.5, 0.05, 0.1 / 2.5]);
  });

  it('ends early where the signal says so, with the weights reached so far', async () => {
    const stop = new AbortController();
    const net = small();
    const before = weights(net);
    const history = await fit(net, four, {
      epochs: 9,
      batchSize: 2,
      signal: stop.signal,
      engine,
      callbacks: { onBatchEnd: ({ epoch }) => epoch === 1 && stop.abort() },
    });
    expect(history.aborted).toBe(true);
    expect(history.epochs).toHaveLength(1);
    expect(weights(net)).not.toEqual(before);
    const reached = weights(net);
    expect(await fit(net, four, { signal: stop.signal, engine })).toEqual({ epochs: [], aborted: true });
    expect(weights(net)).toEqual(reached);
  });

  it('keeps the weights reached where a callback throws', async () => {
    const net = small();
    const before = weights(net);
    const failing = fit(net, four, {
      engine,
      callbacks: {
        onBatchEnd() {
          throw new Error('disk full');
        },
      },
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(weights(net)).not.toEqual(before);
  });

  it('gives back the weights from before the epoch that diverged', async () => {
    const net = small();
    const before = weights(net);
    const huge = fit(net, four, { batchSize: 1, learningRate: 1e38, optimizer: 'sgd', engine });
    const { message } = await expectReluctantError(huge, 'RUN_DIVERGED');
    expect(message).toMatch(/batch [12] in epoch 0/);
    expect(weights(net)).toEqual(before);
  });

  it('trains a model that another copy of tfjs-layers made', async () => {
    const require = createRequire(import.meta.url);
    const path = require.resolve('@tensorflow/tfjs-layers');
    const first = require(path) as typeof tfl;
    Reflect.deleteProperty(require.cache, path);
    const second = require(path) as typeof tfl;
    expect(second.LayersModel).not.toBe(first.LayersModel);
    const net = convolutional(second, 'second-');
    const { epochs } = await fit(net, examples(1), { epochs: 6, learningRate: 0.02, engine });
    expect(epochs[5].loss).toBeLessThan(epochs[0].loss / 2);
    expect(accuracyOf(net, examples(1))).toBeGreaterThan(0.8);
  });
});

describe('fit refuses, and changes nothing', () => {
  it.each<[string, Parameters<typeof fit>[1], RegExp]>([
    ['images of another shape', { x: tf.zeros([2, 5]), y: [0, 1] }, /shape \[2, 5\], the model takes \[images, 4\]/],
    ['numbers that fill no image', { x: [1, 2, 3], y: [0] }, /3 numbers is no whole number of images/],
    ['a shape that its numbers do not fill', { x: { data: [1, 2, 3], shape: [1, 4] }, y: [0] }, /does not fill/],
    ['no images', { x: [], y: [] }, /x is empty/],
    ['no labels', { x: four.x } as never, /needs both x \(images\) and y/],
    ['no data', undefined as never, /needs data/],
    ['a number for data', 5 as never, /needs data/],
    ['a number for images', { x: 5, y: [0] } as never, /as tensors or arrays/],
    ['an array that is no list of batches', new Float32Array(4) as never, /batch 0 of epoch 0: needs both/],
    ['bad validation data', four, /validation data: label 7/],
    ['too few labels', { x: four.x, y: [0] }, /4 images, y has 1 labels/],
    ['a label out of range', { x: four.x, y: [0, 1, 3, 0] }, /label 3 of image 2 .* 0 to 2/],
    ['a label that is no integer', { x: four.x, y: [0, 0.5, 1, 0] }, /label 0.5 of image 1/],
    ['rows that are not one-hot', { x: four.x, y: tf.fill([4, 3], 1 / 3) }, /row 0 of y is not one-hot/],
    ['labels of another shape', { x: four.x, y: tf.zeros([4, 2]) }, /\[4, 2\], the model takes .*\[images, 3\]/],
    ['NaN', { x: four.x.with(5, NaN), y: four.y }, /image 1 of x holds NaN/],
    ['no batches', [], /no batch in epoch 0/],
    ['a bad batch', [{ x: [1, 2, 3, 4], y: [9] }], /batch 0 of epoch 0: label 9/],
  ])('%s', async (_, data, message) => {
    const net = small();
    const before = weights(net);
    const validation = data === four ? { x: four.x, y: [0, 1, 2, 7] } : undefined;
    const error = await expectReluctantError(fit(net, data, { engine, validation }), 'DATASET_CORRUPT');
    expect(error.message).toMatch(message);
    expect(weights(net)).toEqual(before);
  });

  it.each<[FitOptions, RegExp]>([
    [{ epochs: 0 }, /epochs/],
    [{ batchSize: 1.5 }, /batchSize/],
    [{ learningRate: -1 }, /learningRate/],
    [{ learningRate: () => NaN }, /learningRate gave NaN/],
    [{ optimizer: 'adamax' as never }, /optimizer/],
    [{ labelSmoothing: 1 }, /labelSmoothing/],
    [{ lerningRate: 1 } as never, /lerningRate/],
    [{ callbacks: { onEpochend: () => 0 } as never }, /onEpochend/],
    [{ engine: { threads: 0 } }, /engine\.threads/],
  ])('options %j', async (options, message) => {
    const error = await expectReluctantError(fit(small(), four, options), 'CONFIG_INVALID');
    expect(error.message).toMatch(message);
  });

  const dense = (options = {}) => layers.dense({ name: 'odd', units: 3, inputShape: [4], ...options });
  it.each<[string, () => LayersModel, RegExp]>([
    [
      'maps for an output',
      () => sequential({ layers: [layers.reLU({ inputShape: [4, 4, 2] })] }),
      /\[batch, 4, 4, 2\]/,
    ],
    ['one output', () => sequential({ layers: [dense({ units: 1 })] }), /\[batch, 1\]/],
    ['sigmoid outputs', () => sequential({ layers: [dense({ activation: 'sigmoid' })] }), /ends with a sigmoid/],
    ['a regularizer', () => sequential({ layers: [dense({ kernelRegularizer: 'l1l2' })] }), /odd.*kernelRegularizer/],
    ['only frozen layers', () => sequential({ layers: [dense({ trainable: false })] }), /frozen/],
    ['an unbuilt model', () => sequential({ layers: [] }), /Build the model/],
    [
      'an unknown layer',
      () => sequential({ layers: [dense(), layers.prelu({ name: 'p' })] }),
      /"p" \(PReLU\).*LeakyReLU/,
    ],
  ])('a model with %s', async (_, build, message) => {
    const error = await expectReluctantError(fit(build(), four, { engine }), 'ENGINE_UNSUPPORTED');
    expect(error.message).toMatch(message);
  });
});
