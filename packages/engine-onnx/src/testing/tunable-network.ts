import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { readNetwork, type Network } from '@reluctant/core';

/** 4×4 maps of 16 and of 128 channels, whose convolutions have different strategies to choose from; the last two are equal. */
export function tunableNetwork(): Network {
  const conv = (filters: number, name: string) =>
    layers.conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu', name });
  return readNetwork(
    sequential({
      layers: [
        layers.inputLayer({ inputShape: [4, 4, 3] }),
        conv(16, 'conv1'),
        conv(128, 'conv2'),
        conv(128, 'conv3'),
        conv(128, 'conv4'),
        layers.globalAveragePooling2d({ name: 'pool', dataFormat: 'channelsLast' }),
        layers.dense({ units: 3, name: 'logits' }),
      ],
    }),
  );
}
