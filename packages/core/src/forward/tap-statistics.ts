import * as tf from '@tensorflow/tfjs-core';
import type { NetworkGraph } from '../graph/graph.js';
import { ACTIVATION_LEVELS, type Statistic, type StatisticValues } from '../probe/statistic.js';
import { isGradient, type Tap, type TapValue } from '../probe/tap.js';

/** One tap's statistics while they are still tensors. */
export interface TapTensors {
  readonly tap: Tap;
  readonly statistics: { readonly [S in Statistic]?: tf.Tensor };
}

/**
 * Reduces the elements [batch, ...map, units] of one tap point over the batch. Counts are summed as int32, because float32
 * can't hold every integer above 2^24.
 */
export function tapStatistics(tap: Tap, tensor: tf.Tensor): TapTensors {
  const batch = tensor.shape[0];
  const units = tensor.shape.at(-1)!;
  const elements = tf.reshape(tensor, [batch, -1, units]);
  // A tensor of zeros, because tfjs's JavaScript kernels take several times longer to broadcast a scalar.
  const zero = tf.zerosLike(elements);
  const isOn = isGradient(tap.at) ? tf.notEqual(elements, zero) : tf.greater(elements, zero);
  const compute: Record<Statistic, () => tf.Tensor> = {
    fired: () => tf.sum(isOn, [0, 1]),
    imagesFired: () => tf.sum(tf.any(isOn, 1), 0),
    sum: () => tf.sum(elements, [0, 1]),
    sumAbs: () => tf.sum(tf.abs(elements), [0, 1]),
    sumSquares: () => tf.sum(tf.square(elements), [0, 1]),
    max: () => tf.max(elements, [0, 1]),
    positionFired: () => tf.sum(isOn, 0),
    firedPerImage: () => tf.sum(isOn, [1, 2]),
    exceedances: () => tf.stack(ACTIVATION_LEVELS.map((level) => countAbove(elements, level))),
  };
  return { tap, statistics: Object.fromEntries(tap.statistics.map((name) => [name, compute[name]()])) };
}

function countAbove(elements: tf.Tensor, level: number): tf.Tensor {
  return tf.tidy(() => tf.sum(tf.greater(elements, tf.fill(elements.shape, level)), [0, 1]));
}

/** Copies the statistics to the host and disposes of the tensors. */
export async function readTaps(taps: readonly TapTensors[]): Promise<TapValue[]> {
  return Promise.all(
    taps.map(async ({ tap, statistics }) => {
      const values: StatisticValues = {};
      for (const [name, tensor] of Object.entries(statistics)) {
        values[name as Statistic] = Float64Array.from(await tensor.data());
        tensor.dispose();
      }
      return { site: tap.site, at: tap.at, values };
    }),
  );
}

/** Name of the node whose output a ReLU takes. */
export function preactivationOf(graph: NetworkGraph, site: string): string {
  return graph.nodes.find((node) => node.name === site)!.inputs[0];
}
