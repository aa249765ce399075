import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { fit } from '../index.js';

const model = sequential({
  layers: [
    layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu', name: 'conv', inputShape: [8, 8, 1] }),
    layers.flatten(),
    layers.dense({ units: 2, activation: 'softmax', name: 'out' }),
  ],
});

// Sixteen images, half of them black and half of them white.
const y = Int32Array.from({ length: 16 }, (_, image) => image % 2);
const x = Float32Array.from({ length: 16 * 64 }, (_, pixel) => Math.floor(pixel / 64) % 2);

export const { epochs } = await fit(model, { x, y }, { epochs: 30, batchSize: 4, validation: { x, y } });
export const { loss, validation, activeProbability } = epochs.at(-1)!;
