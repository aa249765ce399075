import { ReluctantError, type Batch, type LossSpec, type NetworkGraph } from '@reluctant/core';
import * as tf from '@tensorflow/tfjs-core';
import { targetDistributions } from './softmax-cross-entropy.js';

/** A batch as the network's input and the loss's targets. Throws `DATASET_CORRUPT` where it does not fit the network. */
export function batchTensors(graph: NetworkGraph, batch: Batch, { labelSmoothing }: LossSpec) {
  const shapeOf = (name: string) => graph.nodes.find((node) => node.name === name)!.shape;
  const classes = shapeOf(graph.output).at(-1)!;
  const inputShape = shapeOf(graph.input);
  const elements = inputShape.reduce((product, extent) => product * extent, batch.size);
  if (batch.x.length !== elements) {
    throw new ReluctantError(
      'DATASET_CORRUPT',
      `${batch.size} images of shape [${inputShape.join(', ')}] have ${elements} elements; the batch has ${batch.x.length}.`,
    );
  }
  return {
    images: tf.tensor(batch.x, [batch.size, ...inputShape]),
    targets: targetDistributions(batch, classes, labelSmoothing),
  };
}
