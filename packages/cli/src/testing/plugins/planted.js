// A plugin of a third party, as plain JavaScript: a data set and a network whose every number is known beforehand.
import { Architecture, Dataset, Probe, readNetwork } from '@reluctant/core';
import { tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { ContainerModule } from 'inversify';
import { concatMap, throwError } from 'rxjs';
import { z } from 'zod';

/** 200 images of 2×2 equal pixels: 100 of −1, 99 of +1, and one of +3. */
const LEVELS = [...Array(100).fill(-1), ...Array(99).fill(1), 3];

const split = {
  size: LEVELS.length,
  async *batches({ batchSize, skip = 0 }) {
    for (let start = skip * batchSize; start < LEVELS.length; start += batchSize) {
      const levels = LEVELS.slice(start, start + batchSize);
      yield {
        size: levels.length,
        x: Float32Array.from(levels.flatMap((level) => Array(4).fill(level))),
        y: Int32Array.from(levels, (level) => (level > 0 ? 1 : 0)),
      };
    }
  },
};

const levels = {
  kind: 'levels',
  summary: 'Images of one level each, for tests',
  options: z.strictObject({}),
  load: async () => ({
    inputShape: [2, 2, 1],
    classes: 2,
    digest: 'levels',
    source: 'procedural',
    train: split,
    test: split,
    probe: split,
    normalization: { mean: [0], std: [1] },
  }),
};

/** relu(w·x + b) for the units: dead, half alive (x > 0), always on, nearly dead (x > 2: one image of 200). */
const WEIGHTS = [0, 1, 0, 1];
const BIASES = [-1, 0, 1, -2];

const planted = {
  kind: 'planted',
  summary: 'Four units with known lives, for tests',
  options: z.strictObject({}),
  build() {
    const conv = layers.conv2d({ name: 'conv', filters: 4, kernelSize: 1, inputShape: [2, 2, 1] });
    const model = sequential({
      layers: [conv, layers.reLU({ name: 'relu' }), layers.flatten(), layers.dense({ name: 'out', units: 2 })],
    });
    conv.setWeights([tensor(WEIGHTS, [1, 1, 1, 4]), tensor(BIASES)]);
    return readNetwork(model);
  },
};

/** Fails at the second measurement. */
const faulty = {
  kind: 'faulty',
  summary: 'A probe that throws, for tests',
  options: z.strictObject({}),
  taps: (sites) => sites.map(({ name }) => ({ site: name, at: 'activation', statistics: ['sum'], on: 'probe-split' })),
  readings: (samples$) =>
    samples$.pipe(concatMap(({ step }) => (step > 0 ? throwError(() => new Error('out of ideas')) : []))),
};

export default new ContainerModule(({ bind }) => {
  bind(Dataset).toConstantValue(levels);
  bind(Architecture).toConstantValue(planted);
  bind(Probe).toConstantValue(faulty);
});
