import { requireValidBatch, type Batch, type LossSpec, type NetworkGraph } from '@reluctant/core';
import * as tf from '@tensorflow/tfjs-core';
import { targetDistributions } from './softmax-cross-entropy.js';

/** A batch as the network's input and the loss's targets. Throws `DATASET_CORRUPT` where it does not fit the network. */
export function batchTensors(graph: NetworkGraph, batch: Batch, { labelSmoothing }: LossSpec) {
  requireValidBatch(batch, graph);
  const shapeOf = (name: string) => graph.nodes.find((node) => node.name === name)!.shape;
  return {
    images: tf.tensor(batch.x, [batch.size, ...shapeOf(graph.input)]),
    targets: targetDistributions(batch, shapeOf(graph.output).at(-1)!, labelSmoothing),
  };
}
