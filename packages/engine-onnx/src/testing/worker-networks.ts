import { layers, sequential } from '@tensorflow/tfjs-layers';
import { readNetwork, type Batch, type Network, type TrainingPlan } from '@reluctant/core';
import { allTaps, drawBatch } from '@reluctant/core/testing';

/** With dropout, so that what a step computes depends on the plan's seed and the step's number. */
export function smallNetwork(): Network {
  return readNetwork(
    sequential({
      layers: [
        layers.conv2d({ filters: 3, kernelSize: 3, activation: 'relu', name: 'conv', inputShape: [6, 6, 2] }),
        layers.batchNormalization({ name: 'bn' }),
        layers.flatten({ name: 'flat' }),
        layers.dropout({ rate: 0.3, name: 'drop' }),
        layers.dense({ units: 3, name: 'logits' }),
      ],
    }),
  );
}

export const SMALL_BATCHES = [0, 1, 2].map((index) =>
  drawBatch({ seed: 1, inputShape: [6, 6, 2], classes: 3 }, index, 8),
);

/** A step of it with `LARGE_BATCH` takes a few tenths of a second. */
export function largeNetwork(): Network {
  return readNetwork(
    sequential({
      layers: [
        layers.conv2d({ filters: 64, kernelSize: 3, activation: 'relu', name: 'conv1', inputShape: [32, 32, 3] }),
        layers.conv2d({ filters: 128, kernelSize: 3, activation: 'relu', name: 'conv2' }),
        layers.globalAveragePooling2d({ name: 'pool', dataFormat: 'channelsLast' }),
        layers.dense({ units: 2, name: 'logits' }),
      ],
    }),
  );
}

export const LARGE_BATCH: Batch = drawBatch({ seed: 1, inputShape: [32, 32, 3], classes: 2 }, 0, 64);

export function planFor(network: Network): TrainingPlan {
  return {
    optimizer: { kind: 'momentum', momentum: 0.9, weightDecay: 0, decayOn: 'kernels' },
    loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0 },
    taps: allTaps(network),
    seed: 1,
  };
}
