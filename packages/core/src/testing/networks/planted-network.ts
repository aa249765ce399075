import { layers, sequential } from '@tensorflow/tfjs-layers';
import type { Batch, Split } from '../../dataset/dataset.js';
import type { Network } from '../../graph/network.js';
import { readParameters, writeParameters } from '../../graph/parameters.js';
import { readNetwork } from '../../graph/read-network.js';
import { memorySplit } from '../fakes/memory-split.js';

export interface PlantedOptions {
  /** Pr[y > 0] of each unit: 0 is a dead one, 1 one that is always on. Times `images`, whole numbers. */
  readonly probabilities: readonly number[];
  /** A multiple of side². */
  readonly images?: number;
  /** Of the square map; 1 makes the units dense. */
  readonly side?: number;
}

export interface PlantedNetwork {
  /** One ReLU site, `planted`. Its model is the caller's to dispose of. */
  readonly network: Network;
  readonly batch: Batch;
  /** The same images. */
  readonly split: Split;
  /** Exact counts over all the images, per unit. */
  readonly expected: {
    readonly elements: number;
    readonly fired: readonly number[];
    readonly imagesFired: readonly number[];
  };
}

/**
 * A network whose units fire with known probabilities. At each position the images run through the values (k + ½)/images, and a
 * unit of probability p computes ReLU(value − (1 − p)): it fires on exactly p·images of them. Positions are out of phase by
 * images/side², so a unit fires somewhere in min(1, p·side²) of the images. Over the input box [0, 1], units with p = 0 are
 * certainly dead. The tfjs backend has to be ready.
 */
export function plantedNetwork({ probabilities, images = 32, side = 1 }: PlantedOptions): PlantedNetwork {
  const units = probabilities.length;
  const weighted =
    side === 1
      ? [layers.flatten({ name: 'flat', inputShape: [1, 1, 1] }), layers.dense({ name: 'weighted', units })]
      : [layers.conv2d({ name: 'weighted', inputShape: [side, side, 1], filters: units, kernelSize: 1 })];
  const pooled = side === 1 ? [] : [layers.globalAveragePooling2d({ name: 'pool', dataFormat: 'channelsLast' })];
  const model = sequential({
    layers: [...weighted, layers.reLU({ name: 'planted' }), ...pooled, layers.dense({ name: 'logits', units: 2 })],
  });
  const network = readNetwork(model);
  const parameters = readParameters(network);
  parameters['weighted/kernel'].data.fill(1);
  parameters['weighted/bias'].data.set(probabilities.map((probability) => probability - 1));
  writeParameters(network, parameters);

  const positions = side * side;
  const value = (image: number, position: number) =>
    (((image + (position * images) / positions) % images) + 0.5) / images;
  const batch: Batch = {
    size: images,
    x: Float32Array.from({ length: images * positions }, (_, i) => value(Math.floor(i / positions), i % positions)),
    y: Int32Array.from({ length: images }, (_, image) => image % 2),
  };
  return {
    network,
    batch,
    split: memorySplit(batch),
    expected: {
      elements: images * positions,
      fired: probabilities.map((probability) => probability * images * positions),
      imagesFired: probabilities.map((probability) => Math.min(1, probability * positions) * images),
    },
  };
}
