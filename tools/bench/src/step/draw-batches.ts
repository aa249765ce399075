import { Random, type Batch } from '@reluctant/core';
import { TASK } from './architecture-builder.js';

/** Normalised noise with labels drawn at random: what a step costs does not depend on what is in the images. */
export function drawBatches(size: number): readonly Batch[] {
  const { inputShape, classes } = TASK;
  const pixels = inputShape.reduce((product, extent) => product * extent, size);
  return [0, 1, 2, 3].map((index) => {
    const random = new Random('bench', index);
    return {
      size,
      x: Float32Array.from({ length: pixels }, () => random.normal()),
      y: Int32Array.from({ length: size }, () => random.integer(classes)),
    };
  });
}
