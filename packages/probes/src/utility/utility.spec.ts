import '@tensorflow/tfjs-backend-cpu';
import { readNetwork, readParameters, type TapSample } from '@reluctant/core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { inspected } from '../testing/inspected.js';
import { utility, utilityOptions } from './utility.js';

it('utility: mean output over images and positions, times the weights that leave the unit', async () => {
  const network = readNetwork(
    sequential({
      layers: [
        layers.conv2d({ name: 'conv', inputShape: [2, 2, 1], filters: 3, kernelSize: 1, activation: 'relu' }),
        layers.globalAveragePooling2d({ name: 'pool', dataFormat: 'channelsLast' }),
        layers.dense({ name: 'out', units: 2 }),
      ],
    }),
  );
  const [site] = network.sites;
  const out = { shape: [3, 2], data: Float32Array.of(1, -2, 5, 5, 0, 0) };
  const sample: TapSample = {
    site: site.name,
    at: 'activation',
    on: 'probe-split',
    step: 4,
    epoch: 2,
    images: 5,
    elements: 20,
    values: { sumAbs: Float64Array.of(10, 0, 40) },
  };
  const subject = inspected(network, {
    samples: [sample],
    parameters: { ...readParameters(network), 'out/kernel': out },
  });
  expect(await utility.inspect!(subject, utilityOptions.parse({}))).toEqual([
    {
      type: 'probe.reading',
      probe: 'utility',
      site: site.name,
      on: 'probe-split',
      step: 4,
      epoch: 2,
      images: 5,
      // Half an output on average, on weights 1 and −2; a silent unit; one that nothing listens to.
      units: { utility: [1.5, 0, 0], outgoing: [3, 10, 0] },
      layer: { mean: 0.5, median: 0, useless: 2 },
    },
  ]);
  expect(utility.taps(network.sites, { sites: 'all' })).toEqual([
    { site: site.name, at: 'activation', statistics: ['sumAbs'], on: 'probe-split' },
  ]);
  network.model.dispose();
});
