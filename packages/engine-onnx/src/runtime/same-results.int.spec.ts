import { layers, sequential } from '@tensorflow/tfjs-layers';
import { readNetwork, type TrainingPlan } from '@reluctant/core';
import { beforeAll, expect, it } from 'vitest';
import { onnxEngine } from '../engine.js';
import type { OnnxOptions } from '../options.js';

const plan: TrainingPlan = {
  optimizer: { kind: 'momentum', momentum: 0.9, weightDecay: 0.01, decayOn: 'kernels' },
  loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0.1 },
  taps: [
    { site: 'conv/relu', at: 'activation', statistics: ['fired', 'imagesFired', 'sum'], on: 'training-step' },
    { site: 'conv/relu', at: 'activation', statistics: ['fired', 'max'], on: 'probe-split' },
  ],
  seed: 1,
};

beforeAll(() => onnxEngine.prepare(onnxEngine.options.parse({})));

/** Everything that a few steps and evaluations of a convolutional net give, from weights that are always the same. */
async function train(runtime: OnnxOptions['runtime']): Promise<unknown[]> {
  const model = sequential({
    layers: [
      layers.conv2d({
        filters: 16,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        name: 'conv',
        inputShape: [8, 8, 3],
      }),
      layers.batchNormalization({ name: 'norm' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dropout({ rate: 0.2, name: 'dropout' }),
      layers.dense({ units: 4, name: 'logits' }),
    ],
  });
  const options = onnxEngine.options.parse({ threads: 2, worker: false, runtime });
  const session = await onnxEngine.open(readNetwork(model), plan, options);
  const state = await session.readState();
  for (const [name, { data }] of Object.entries(state)) {
    if (name.endsWith('kernel')) data.forEach((_, i) => (data[i] = Math.sin(i + 1) / 4));
  }
  await session.writeState(state);
  const results: unknown[] = [];
  for (let step = 0; step < 8; step++) {
    // The last batch of an epoch is smaller, and has a graph of its own.
    const size = step % 3 === 2 ? 5 : 16;
    const x = Float32Array.from({ length: size * 192 }, (_, i) => Math.cos(i * (step + 1)));
    const batch = { size, x, y: Int32Array.from({ length: size }, (_, i) => i % 4) };
    results.push(await session.trainStep(batch, { learningRate: 0.05, step }), await session.evaluate(batch));
  }
  results.push(await session.readState());
  await session.close();
  return results;
}

it('both runtimes give the same results, bit for bit', async () => {
  expect(await train('native')).toEqual(await train('stock'));
});
