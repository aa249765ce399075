import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import { readNetwork, type TrainingPlan } from '@reluctant/core';
import { onnxEngine } from '../index.js';

const options = onnxEngine.options.parse({ threads: 1 });
await onnxEngine.prepare(options);

const network = readNetwork(
  sequential({
    layers: [
      layers.conv2d({
        filters: 4,
        kernelSize: 3,
        activation: 'relu',
        name: 'conv',
        inputShape: [8, 8, 1],
        // Drawn anew every time, one network in sixteen would be born dead: these images show its four units a single number.
        kernelInitializer: initializers.heNormal({ seed: 1 }),
      }),
      layers.flatten(),
      layers.dense({ units: 2, name: 'logits' }),
    ],
  }),
);
const plan: TrainingPlan = {
  optimizer: { kind: 'momentum', momentum: 0.9, weightDecay: 0, decayOn: 'kernels' },
  loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0 },
  taps: [{ site: network.sites[0].name, at: 'activation', statistics: ['imagesFired'], on: 'training-step' }],
  seed: 1,
};

// Sixteen images, half of them black and half of them white.
const y = Int32Array.from({ length: 16 }, (_, image) => image % 2);
const x = Float32Array.from({ length: 16 * 64 }, (_, pixel) => Math.floor(pixel / 64) % 2);

const session = await onnxEngine.open(network, plan, options);
export const losses: number[] = [];
for (let step = 0; step < 50; step++) {
  const { loss } = await session.trainStep({ size: 16, x, y }, { learningRate: 0.05, step });
  losses.push(loss);
}
export const { correct } = await session.evaluate({ size: 16, x, y });
await session.close();
