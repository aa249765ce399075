import { readNetwork, type TapPoint, type TrainingPlan } from '@reluctant/core';
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { onnxEngine } from '../engine.js';

const options = onnxEngine.options.parse({ threads: 1, worker: false });
const SIZE = 4;

/** Every unit of its first layer is off for every image. */
async function step(points: readonly TapPoint[]) {
  const network = readNetwork(
    sequential({
      layers: [
        layers.conv2d({
          filters: 32,
          kernelSize: 3,
          padding: 'same',
          inputShape: [8, 8, 1],
          kernelInitializer: initializers.constant({ value: -1 }),
        }),
        layers.reLU(),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units: 2, kernelInitializer: initializers.heNormal({ seed: 1 }) }),
      ],
    }),
  );
  const plan: TrainingPlan = {
    optimizer: { kind: 'sgd', weightDecay: 0, decayOn: 'kernels' },
    loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0 },
    taps: points.map((at) => ({ site: network.sites[0].name, at, statistics: ['fired'], on: 'training-step' })),
    seed: 1,
  };
  const session = await onnxEngine.open(network, plan, options);
  const before = await session.readState();
  const x = new Float32Array(SIZE * 64).fill(1);
  const { taps } = await session.trainStep(
    { size: SIZE, x, y: Int32Array.of(0, 1, 0, 0) },
    { learningRate: 1, step: 0 },
  );
  const after = await session.readState();
  await session.close();
  const kernel = Object.keys(before).find((name) => /conv.*kernel/.test(name))!;
  return {
    fired: taps.map(({ values }) => values.fired!),
    moved: after[kernel].data.some((w, i) => w !== before[kernel].data[i]),
  };
}

describe('the gradient behind a max pooling', () => {
  beforeAll(() => onnxEngine.prepare(options));

  it('does not reach units that are off', async () => {
    const { fired, moved } = await step(['activation']);
    expect([...fired[0]]).toEqual(new Array(32).fill(0));
    expect(moved).toBe(false);
  });

  it('is told as it is where a probe asks for it: of each window, to the first of its equal maxima', async () => {
    const { fired, moved } = await step(['activation', 'gradient']);
    expect([...fired[1]]).toEqual(new Array(32).fill(SIZE * 16));
    expect(moved).toBe(false);
  });
});
