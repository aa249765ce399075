import '@tensorflow/tfjs-backend-cpu';
import { memory, tensor } from '@tensorflow/tfjs-core';
import { input, layers, model, sequential } from '@tensorflow/tfjs-layers';
import { Random, readNetwork, readParameters, writeParameters, type InputRange } from '@reluctant/core';
import { plantedNetwork, randomNetwork, referenceNetwork } from '@reluctant/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certifyDead } from './certify-dead.js';
import { batchIn } from './testing/batch-in.js';

describe('certifyDead', () => {
  it.each([1, 4])(
    'certifies a unit that can never fire and not one that is merely unlucky, on maps of side %i',
    (side) => {
      // Pixels of the data stay below 1. A unit fires on those above 1 − p: for p = 0 on none of them, but on some of this range.
      const { network, split, batch } = plantedNetwork({ probabilities: [-1 / 32, 0, 0.25, 1], side });
      const outputs = referenceNetwork(network.graph, readParameters(network), batch, 'evaluation').get('planted')!;
      const fired = [0, 1, 2, 3].map((unit) => outputs.data.some((y, i) => i % 4 === unit && y > 0));
      expect([split.size, fired]).toEqual([32, [false, false, true, true]]);
      const tensors = memory().numTensors;
      const range = { lower: [0], upper: [1.02] };
      const [certificate] = certifyDead(network, range);
      expect(certificate.site).toEqual(network.sites[0]);
      expect(certificate.certifiedDead).toEqual([true, false, false, false]);
      [1.02 - 1.03125, 0.02, 0.27, 1.02].forEach((bound, unit) =>
        expect(certificate.upper[unit]).toBeCloseTo(bound, 5),
      );
      expect(certifyDead(network.model, range)).toEqual([certificate]);
      expect(certifyDead(network, { lower: [0], upper: [0.98] })[0].certifiedDead).toEqual([true, true, false, false]);
      expect(memory().numTensors).toBe(tensors);
      network.model.dispose();
    },
  );

  it('knows that nothing comes of dead units, of weights of 0, and of negative weights after a ReLU', () => {
    const hidden = layers.dense({ name: 'hidden', inputShape: [2], units: 3 });
    const next = layers.dense({ name: 'next', units: 4 });
    const network = sequential({
      layers: [
        hidden,
        layers.reLU({ name: 'relu1' }),
        next,
        layers.reLU({ name: 'relu2' }),
        layers.dense({ units: 2 }),
      ],
    });
    // The first hidden unit is dead, the others not.
    hidden.setWeights([tensor([-1, 1, 1, -1, 1, -1], [2, 3]), tensor([-0.5, 0, 0])]);
    // From the dead unit only; from nothing; from all with negative weights; from a live one.
    next.setWeights([tensor([5, 0, -1, 0, 0, 0, -1, 1, 0, 0, -1, 0], [3, 4]), tensor([0, 0, 0, -0.5])]);
    const [first, second] = certifyDead(network, { lower: [0], upper: [1] });
    expect(first.certifiedDead).toEqual([true, false, false]);
    expect(second.certifiedDead).toEqual([true, true, true, false]);
    expect(second.upper.slice(0, 3)).toEqual([0, 0, 0]);
    network.dispose();
  });

  it('folds batch normalisation: bounds are those of a convolution with scaled weights', () => {
    const bn = layers.batchNormalization({ name: 'bn', epsilon: 0.01 });
    const normalised = readNetwork(
      sequential({
        layers: [
          layers.conv2d({ name: 'conv', inputShape: [4, 4, 2], filters: 4, kernelSize: 3, padding: 'same' }),
          bn,
          layers.reLU({ name: 'relu' }),
          layers.flatten(),
          layers.dense({ units: 2 }),
        ],
      }),
    );
    const gammas = [2, -1, 0, 0];
    const betas = [-40, 0.5, -0.5, 0];
    const means = [1, -1, 3, 3];
    const variances = [4, 0.25, 1, 1];
    bn.setWeights([tensor(gammas), tensor(betas), tensor(means), tensor(variances)]);
    const range = { lower: [-1, 0], upper: [1, 3] };
    const [certificate] = certifyDead(normalised, range);
    const scales = gammas.map((gamma, unit) => gamma / Math.sqrt(variances[unit] + 0.01));
    const conv = layers.conv2d({ name: 'conv', inputShape: [4, 4, 2], filters: 4, kernelSize: 3, padding: 'same' });
    const folded = readNetwork(
      sequential({ layers: [conv, layers.reLU({ name: 'relu' }), layers.flatten(), layers.dense({ units: 2 })] }),
    );
    const parameters = readParameters(normalised);
    const kernel = parameters['conv/kernel'];
    conv.setWeights([
      tensor(
        kernel.data.map((weight, i) => weight * scales[i % 4]),
        [3, 3, 2, 4],
      ),
      tensor(betas.map((beta, unit) => beta + (parameters['conv/bias'].data[unit] - means[unit]) * scales[unit])),
    ]);
    certifyDead(folded, range)[0].upper.forEach((bound, unit) => expect(certificate.upper[unit]).toBeCloseTo(bound, 3));
    // γ = 0 leaves β, exactly.
    expect(certificate.upper.slice(2)).toEqual([-0.5, 0]);
    expect(certificate.certifiedDead).toEqual([true, false, true, true]);
    normalised.model.dispose();
    folded.model.dispose();
  });

  it('is sound where a ReLU takes the images themselves, and where one is applied twice', () => {
    const image = input({ shape: [2] });
    const relu = layers.reLU({ name: 'relu' });
    const dense = layers.dense({ name: 'dense', units: 2 });
    const again = relu.apply(dense.apply(relu.apply(image))) as typeof image;
    const network = model({ inputs: image, outputs: layers.dense({ units: 2 }).apply(again) as typeof image });
    dense.setWeights([tensor([1, -1, 0, 0], [2, 2]), tensor([0, 0])]);
    expect(
      certifyDead(network, { lower: [-1, -2], upper: [1, -1] }).map(({ site, certifiedDead }) => [
        site.name,
        certifiedDead,
      ]),
    ).toEqual([
      ['relu', [false, true]],
      ['relu#2', [false, true]],
    ]);
    network.dispose();
  });

  it('certifies only units that never fire: random networks, inputs inside of the range and at its corners', () => {
    let certified = 0;
    let neverFired = 0;
    fc.assert(
      fc.property(fc.noShrink(fc.nat()), fc.integer({ min: 1, max: 7 }), (seed, parts) => {
        const random = new Random(seed, 'certificates');
        const network = randomNetwork(random, parts);
        // Lowered biases, so that some units are dead.
        const lowered = Object.fromEntries(
          Object.entries(readParameters(network)).map(([name, { shape, data }]) => [
            name,
            { shape, data: /bias|beta/.test(name) ? data.map((value) => value - 3 * random.uniform()) : data },
          ]),
        );
        writeParameters(network, lowered);
        const range: InputRange = { lower: [-0.5], upper: [random.uniform()] };
        const batch = batchIn(network, range, random, 18);
        const outputs = referenceNetwork(network.graph, lowered, batch, 'evaluation');
        for (const { site, certifiedDead } of certifyDead(network, range)) {
          const { data } = outputs.get(site.name)!;
          const fired = certifiedDead.map(() => false);
          data.forEach((y, i) => (fired[i % site.units] ||= y > 0));
          certifiedDead.forEach((dead, unit) => expect(dead && fired[unit]).toBe(false));
          certified += certifiedDead.filter(Boolean).length;
          neverFired += fired.filter((value) => !value).length;
        }
        network.model.dispose();
      }),
      { numRuns: 40, seed: 4 },
    );
    expect(certified).toBeGreaterThan(40);
    expect(neverFired).toBeGreaterThan(certified);
  });
});
