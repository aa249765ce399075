import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { input, layers, model, models, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../random/random.js';
import { createInitializerFactory } from './create-initializer-factory.js';
import { drawKernel } from './draw-kernel.js';
import { drawRandomizedAsymmetric } from './draw-randomized-asymmetric.js';
import { initializerSpecSchema } from './initializer-spec.js';
import type { InitializerFactory } from './initializer.js';

type ModelTopology = Parameters<typeof models.modelFromJSON>[0];

const factory = (options: unknown, seed = 1): InitializerFactory =>
  createInitializerFactory(initializerSpecSchema.parse(options), seed);

/** conv1 (3×3, 5 filters) and dense1 (4 units) on [6, 6, 2] images. */
function build(initializers: InitializerFactory): LayersModel {
  const image = input({ shape: [6, 6, 2] });
  const convolution = layers.conv2d({ name: 'conv1', filters: 5, kernelSize: 3, ...initializers.layer('conv1') });
  const dense = layers.dense({ name: 'dense1', units: 4, ...initializers.layer('dense1') });
  const flat = layers.flatten().apply(convolution.apply(image));
  return model({ inputs: image, outputs: dense.apply(flat) as SymbolicTensor });
}
const weights = (network: LayersModel): number[][] => network.getWeights().map((weight) => [...weight.dataSync()]);

describe('createInitializerFactory', () => {
  let tensorsBefore = 0;
  const built: LayersModel[] = [];
  const keep = (network: LayersModel): LayersModel => {
    built.push(network);
    return network;
  };
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  beforeEach(() => {
    tensorsBefore = tf.memory().numTensors;
  });
  afterEach(() => {
    built.splice(0).forEach((network) => network.dispose());
    expect(tf.memory().numTensors).toBe(tensorsBefore);
  });

  it('draws each kernel from the stream of its layer and sets biases to the constant', () => {
    const [kernel, bias, matrix] = weights(keep(build(factory({ kind: 'he-normal', bias: 0.25 }, 9))));
    const spec = { kind: 'he-normal', bias: 0.25 } as const;
    expect(kernel).toEqual([...drawKernel(spec, [3, 3, 2, 5], new Random(9, 'init', 'conv1', 'kernel'))]);
    expect(matrix).toEqual([...drawKernel(spec, [80, 4], new Random(9, 'init', 'dense1', 'kernel'))]);
    expect(bias).toEqual([0.25, 0.25, 0.25, 0.25, 0.25]);
  });

  it.each([
    { kind: 'he-normal' },
    { kind: 'glorot-uniform' },
    { kind: 'orthogonal' },
    { kind: 'gaussian', sigma: 0.1 },
    { kind: 'randomized-asymmetric' },
  ])('gives equal weights for equal seeds, others for other seeds: $kind', (options) => {
    expect(weights(keep(build(factory(options, 3))))).toEqual(weights(keep(build(factory(options, 3)))));
    expect(weights(keep(build(factory(options, 3))))).not.toEqual(weights(keep(build(factory(options, 4)))));
  });

  it('draws randomized asymmetric kernels and biases together, as tfjs builds them', () => {
    const [kernel, bias] = weights(keep(build(factory({ kind: 'randomized-asymmetric' }, 5))));
    const joint = drawRandomizedAsymmetric(18, 5, new Random(5, 'init', 'conv1', 'kernel'));
    expect(kernel).toEqual([...joint.kernel]);
    expect(bias).toEqual([...joint.bias]);
  });

  it('gives the same randomized asymmetric pair when the bias is built first', () => {
    const bothWays = [true, false].map((biasFirst) => {
      const { kernelInitializer, biasInitializer } = factory({ kind: 'randomized-asymmetric' }).layer('dense1', 18);
      const parts = [() => biasInitializer.apply([5]), () => kernelInitializer.apply([18, 5])];
      const made = (biasFirst ? parts : parts.toReversed()).map((part) => tf.tidy(() => [...part().dataSync()]));
      return biasFirst ? made : made.toReversed();
    });
    expect(bothWays[0]).toEqual(bothWays[1]);
  });

  it('tells what to do where a bias is built first and the fan-in is unknown or wrong', () => {
    const pair = factory({ kind: 'randomized-asymmetric' }).layer('odd');
    expect(() => pair.biasInitializer.apply([5])).toThrow('initializers.layer("odd", fanIn)');
    const misled = factory({ kind: 'randomized-asymmetric' }).layer('odd', 7);
    expect(() => misled.kernelInitializer.apply([18, 5])).toThrow("told the fan-in 7, but the kernel's is 18");
  });

  it.each([
    { kind: 'he-uniform' },
    { kind: 'orthogonal' },
    { kind: 'gaussian', sigma: 0.1 },
    { kind: 'randomized-asymmetric' },
  ])('leaves models that load with tfjs alone: $kind', async (options) => {
    const network = keep(build(factory(options)));
    const copy = keep(await models.modelFromJSON(network.toJSON(undefined, false) as ModelTopology));
    copy.setWeights(network.getWeights());
    expect(weights(copy)).toEqual(weights(network));
  });
});

describe('initializerSpecSchema', () => {
  it('fills in defaults', () => {
    expect(initializerSpecSchema.parse({ kind: 'he-normal' })).toEqual({ kind: 'he-normal', bias: 0 });
    expect(initializerSpecSchema.parse({ kind: 'orthogonal' })).toEqual({
      kind: 'orthogonal',
      gain: Math.SQRT2,
      bias: 0,
    });
  });

  it.each([
    { kind: 'randomized-asymmetric', bias: 0.1 },
    { kind: 'gaussian' },
    { kind: 'gaussian', sigma: 0 },
    { kind: 'orthogonal', gain: -1 },
    { kind: 'he-normal', sigma: 1 },
    { kind: 'he-normal', bias: Infinity },
    { kind: 'xavier' },
  ])('refuses %j', (options) => {
    expect(initializerSpecSchema.safeParse(options).success).toBe(false);
  });
});
