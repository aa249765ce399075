import type { Batch, LossSpec, NetworkGraph } from '@reluctant/core';
import * as tf from '@tensorflow/tfjs-core';
import { targetDistributions } from './softmax-cross-entropy.js';

/** A batch as the network's input and the loss's targets. */
export function batchTensors(graph: NetworkGraph, batch: Batch, { labelSmoothing }: LossSpec) {
  const shapeOf = (name: string) => graph.nodes.find((node) => node.name === name)!.shape;
  const classes = shapeOf(graph.output).at(-1)!;
  return {
    images: tf.tensor(batch.x, [batch.size, ...shapeOf(graph.input)]),
    targets: targetDistributions(batch, classes, labelSmoothing),
  };
}
