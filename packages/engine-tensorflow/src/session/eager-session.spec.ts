import { readNetwork, type Batch, type TrainingPlan } from '@reluctant/core';
import { drawBatch, expectReluctantError } from '@reluctant/core/testing';
import { memory } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { cpuEngine } from '../engines.js';

const PLAN: TrainingPlan = {
  optimizer: { kind: 'momentum', momentum: 0.9, weightDecay: 0, decayOn: 'kernels' },
  loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0 },
  taps: [{ site: 'relu', at: 'gradient', statistics: ['fired'], on: 'training-step' }],
  seed: 1,
};
const good = drawBatch({ seed: 1, inputShape: [3], classes: 2 }, 0, 4);

async function open(trainable = true) {
  await cpuEngine.prepare({});
  const model = sequential({
    layers: [
      layers.dense({ name: 'hidden', inputShape: [3], units: 4, trainable }),
      layers.reLU({ name: 'relu' }),
      layers.dense({ name: 'logits', units: 2, trainable }),
    ],
  });
  return cpuEngine.open(readNetwork(model), PLAN, {});
}

it.each<[string, Batch, string]>([
  ['a label beyond the classes', { ...good, y: Int32Array.of(0, 1, 2, 0) }, 'Label 2'],
  ['a negative label', { ...good, y: Int32Array.of(0, -1, 1, 0) }, 'Label -1'],
  ['a label too few', { ...good, y: Int32Array.of(0, 1, 1) }, 'Label undefined'],
  ['images of another shape', { ...good, x: new Float32Array(8) }, 'the batch has 8'],
])('refuses %s and stays as it was', async (_what, batch, message) => {
  const session = await open();
  const before = await session.readState();
  const tensors = memory().numTensors;
  for (const refused of [session.trainStep(batch, { learningRate: 0.1, step: 0 }), session.evaluate(batch)]) {
    expect((await expectReluctantError(refused, 'DATASET_CORRUPT')).message).toContain(message);
  }
  expect(memory().numTensors).toBe(tensors);
  expect(await session.readState()).toEqual(before);
  await session.close();
});

it('steps through a wholly frozen network, of which it can still take gradients', async () => {
  const session = await open(false);
  const before = await session.readState();
  expect(Object.keys(before).filter((name) => name.startsWith('optimizer/'))).toEqual([]);
  const { taps } = await session.trainStep(good, { learningRate: 0.1, step: 0 });
  expect(taps[0].values.fired!.every((count) => count === good.size)).toBe(true);
  expect(await session.readState()).toEqual(before);
  await session.close();
});
