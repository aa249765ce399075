import * as tf from '@tensorflow/tfjs-core';
import { ReluctantError } from '../errors.js';
import type { Network } from '../graph/network.js';
import { parameterTensors } from '../graph/parameters.js';
import type { Tap, TapValue } from '../probe/tap.js';
import { evaluationForward, evaluationTaps } from './evaluation-pass.js';
import { preactivationOf, readTaps, type TapTensors } from './tap-statistics.js';

/**
 * Measures a batch in evaluation mode (dropout off, moving statistics) on tfjs's active backend, with the weights that the model
 * holds at the time of the call. Leaves the model as it is, and no tensor behind, whether it succeeds or throws. Counts are exact as
 * long as a unit has at most 2^24 elements in the batch, on every backend.
 *
 * @param taps of activations and pre-activations, at the network's sites
 * @param images [images, …shape of the input]
 * @throws ReluctantError `RUN_DIVERGED` naming the first site with a pre-activation that is NaN: it is neither above 0 nor not
 */
export async function evaluateTaps(
  network: Network,
  taps: readonly Tap[],
  images: tf.Tensor,
): Promise<readonly TapValue[]> {
  const { graph, sites } = network;
  let measured: readonly TapTensors[] = [];
  const tensors = tf.tidy(() => {
    const weights = parameterTensors(network);
    const outputs = evaluationForward(graph, tf.cast(images, 'float32'), (name) => weights.get(name)!);
    measured = evaluationTaps(graph, outputs, taps);
    const isBroken = sites.map(({ name }) => tf.any(tf.isNaN(outputs.get(preactivationOf(graph, name))!)));
    return [...isBroken, ...measured.flatMap(({ statistics }) => Object.values(statistics))];
  });
  try {
    const isBroken = await Promise.all(tensors.slice(0, sites.length).map((tensor) => tensor.data()));
    const broken = sites.find((_, index) => isBroken[index][0] !== 0);
    if (broken) {
      throw new ReluctantError(
        'RUN_DIVERGED',
        `A pre-activation at "${broken.name}" is NaN: the data hold NaN, or the weights have diverged. Nothing was measured.`,
      );
    }
    return await readTaps(measured);
  } finally {
    tf.dispose(tensors);
  }
}
