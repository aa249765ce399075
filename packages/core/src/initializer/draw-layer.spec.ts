import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { readParameters } from '../graph/parameters.js';
import { readNetwork } from '../graph/read-network.js';
import { Random } from '../random/random.js';
import { createInitializerFactory } from './create-initializer-factory.js';
import { drawLayer } from './draw-layer.js';
import { initializerSpecSchema } from './initializer-spec.js';

it.each([{ kind: 'he-normal', bias: 0.25 }, { kind: 'orthogonal' }, { kind: 'randomized-asymmetric' }])(
  'draws what a layer begins with: %j',
  async (document) => {
    await setBackend('cpu');
    const spec = initializerSpecSchema.parse(document);
    const initializers = createInitializerFactory(spec, 7).layer('conv');
    const conv = layers.conv2d({ name: 'conv', filters: 3, kernelSize: 2, inputShape: [4, 4, 2], ...initializers });
    const model = sequential({ layers: [conv, layers.flatten()] });
    const { kernel, bias } = drawLayer(spec, [2, 2, 2, 3], new Random(7, 'init', 'conv', 'kernel'));
    const begun = readParameters(readNetwork(model));
    expect(kernel).toEqual(begun['conv/kernel'].data);
    expect(bias).toEqual(begun['conv/bias'].data);
    model.dispose();
  },
);
