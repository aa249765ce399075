import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { readNetwork } from '../read-network.js';

const map = { inputShape: [8, 8, 2], name: 'odd' };

describe('a layer class that is not known', () => {
  it.each([
    ['SeparableConv2D', layers.separableConv2d({ ...map, filters: 2, kernelSize: 3 }), /Use Conv2D\.$/],
    ['DepthwiseConv2D', layers.depthwiseConv2d({ ...map, kernelSize: 3 }), /Use Conv2D\.$/],
    ['PReLU', layers.prelu(map), /Use LeakyReLU/],
    ['ELU', layers.elu(map), /Use LeakyReLU/],
    ['ThresholdedReLU', layers.thresholdedReLU(map), /Use ReLU\.$/],
    ['GlobalMaxPooling2D', layers.globalMaxPooling2d(map), /Use GlobalAveragePooling2D\.$/],
    ['LayerNormalization', layers.layerNormalization(map), /Use BatchNormalization\.$/],
    ['GaussianDropout', layers.gaussianDropout({ ...map, rate: 0.5 }), /Use Dropout\.$/],
    ['Conv2DTranspose', layers.conv2dTranspose({ ...map, filters: 2, kernelSize: 3 }), /No known class comes near/],
    ['UpSampling2D', layers.upSampling2d(map), /No known class comes near/],
    [
      'LSTM',
      layers.lstm({ inputShape: [8, 2], name: 'odd', units: 3, recurrentInitializer: 'zeros' }),
      /recurrent layers are not read\.$/,
    ],
    ['Conv1D', layers.conv1d({ inputShape: [8, 2], name: 'odd', filters: 2, kernelSize: 3 }), /Conv2D on maps/],
    ['Permute', layers.permute({ ...map, dims: [2, 1, 3] }), /Known classes: Conv2D, Dense, /],
  ])('%s: is refused by name, with the nearest that is', (className, layer, hint) => {
    const read = () => readNetwork(sequential({ layers: [layer] }));
    expect(read).toThrow(`Layer "odd" (${className}): this class of layer is not known.`);
    expect(read).toThrow(hint);
  });
});
