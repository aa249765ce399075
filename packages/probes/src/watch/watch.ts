import { readNetwork, ReluctantError, requireKnownOperations, type Network } from '@reluctant/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { resolveWatchOptions, type WatchOptions } from './watch-options.js';
import { chooseProbes, DEFAULT_PROBES } from './watched-probes.js';
import { Watcher } from './watcher.js';

/**
 * Watches the ReLU units of your own model while you train it your own way. Nothing is added to the model and nothing in it changes:
 * its graph is read once (`readNetwork`), and each measurement interprets that with the weights of the moment, in evaluation mode
 * (dropout off, moving statistics), on the tfjs backend that is active. Counts of fired elements are exact integers.
 *
 * Probes that look at the weights work as well. Gradients and training batches are not seen from outside: probes of these are refused,
 * and of probes that measure training batches as well, the series of the fixed images remains.
 *
 * @param model built; compiled only if `fit` is to be called
 * @throws ReluctantError `CONFIG_INVALID` for options that make no sense; `ENGINE_UNSUPPORTED` for a layer that is not read, a model
 *   without a ReLU, and a probe that needs what is not seen; `DATASET_CORRUPT` for images of another shape than the model's, or none
 */
export function watch(model: LayersModel, options: WatchOptions): Watcher {
  const resolved = resolveWatchOptions(options);
  const network = readNetwork(model);
  requireKnownOperations(network.graph);
  if (network.sites.length === 0) {
    throw new ReluctantError('ENGINE_UNSUPPORTED', `The model "${model.name}" has no ReLU: there is nothing to watch.`);
  }
  requireImages(resolved.data.x.shape, network);
  return new Watcher(network, chooseProbes(resolved.probes ?? DEFAULT_PROBES, network.sites), resolved);
}

function requireImages(shape: readonly number[], { graph }: Network): void {
  const expected = graph.nodes.find(({ name }) => name === graph.input)!.shape;
  if (shape[0] > 0 && shape.slice(1).join() === expected.join()) return;
  const problem = shape[0] === 0 ? 'hold no image' : `have the shape [${shape.join(', ')}]`;
  throw new ReluctantError(
    'DATASET_CORRUPT',
    `watch: the data ${problem}; the model takes [images, ${expected.join(', ')}].`,
  );
}
