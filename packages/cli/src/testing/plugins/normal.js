// A plugin of a third party, as plain JavaScript: images of normal and of skewed numbers, and two units that take one kind each. Both
// are shifted by the β of a batch norm that normalises nothing in evaluation, and nothing else of them is trained.
import { Architecture, Dataset, Random, readNetwork } from '@reluctant/core';
import { tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { ContainerModule } from 'inversify';
import { z } from 'zod';

const SIZE = 4000;
const random = new Random(5, 'normal');
/** A normal number and an exponential one, lowered to a mean of 0; the class is the sign of their sum. */
const IMAGES = Array.from({ length: SIZE }, () => [random.normal(), -Math.log(1 - random.uniform()) - 1]);

const split = {
  size: SIZE,
  async *batches({ batchSize, skip = 0 }) {
    for (let start = skip * batchSize; start < SIZE; start += batchSize) {
      const images = IMAGES.slice(start, start + batchSize);
      const y = Int32Array.from(images, ([first, second]) => Number(first + second > 0));
      yield { size: images.length, x: Float32Array.from(images.flat()), y };
    }
  },
};

const normalNumbers = {
  kind: 'normal-numbers',
  summary: 'A normal and a skewed number, for tests',
  options: z.strictObject({}),
  load: async () => ({
    inputShape: [1, 1, 2],
    classes: 2,
    digest: 'normal-numbers',
    source: 'procedural',
    train: split,
    test: split,
    probe: split,
    normalization: { mean: [0], std: [1] },
  }),
};

const shifted = {
  kind: 'shifted',
  summary: 'Two units that move by their β alone, for tests',
  options: z.strictObject({}),
  build() {
    const out = layers.dense({ name: 'out', units: 2 });
    const model = sequential({
      layers: [
        layers.flatten({ name: 'flat', inputShape: [1, 1, 2] }),
        layers.batchNormalization({ name: 'bn', scale: false, momentum: 1, epsilon: 1e-12 }),
        layers.reLU({ name: 'relu' }),
        out,
      ],
    });
    out.setWeights([tensor([-1, 1, -1, 1], [2, 2]), tensor([0.5, -0.5])]);
    return readNetwork(model);
  },
};

export default new ContainerModule(({ bind }) => {
  bind(Dataset).toConstantValue(normalNumbers);
  bind(Architecture).toConstantValue(shifted);
});
