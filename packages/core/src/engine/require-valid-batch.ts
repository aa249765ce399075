import type { Batch } from '../dataset/dataset.js';
import { ReluctantError } from '../errors.js';
import type { NetworkGraph } from '../graph/graph.js';

/**
 * Throws `DATASET_CORRUPT` for a batch that a network can't take: without images, with more or fewer numbers than its images have
 * pixels, with more or fewer labels than images, or with a label that is no class. Engines ask before they compute anything.
 */
export function requireValidBatch({ size, x, y }: Batch, { nodes, input, output }: NetworkGraph): void {
  const shapeOf = (name: string) => nodes.find((node) => node.name === name)!.shape;
  if (!(Number.isInteger(size) && size >= 1)) {
    throw corrupt(`A batch has a whole number of images, at least 1; this one has ${size}.`);
  }
  const image = shapeOf(input);
  const elements = image.reduce((product, extent) => product * extent, size);
  if (x.length !== elements) {
    throw corrupt(
      `${size} images of shape [${image.join(', ')}] have ${elements} elements; the batch has ${x.length}.`,
    );
  }
  if (y.length !== size) throw corrupt(`${size} images need a label each; the batch has ${y.length}.`);
  const classes = shapeOf(output).at(-1)!;
  const stray = y.find((label) => label < 0 || label >= classes);
  if (stray !== undefined) {
    throw corrupt(`Label ${stray} is none of the network's ${classes} classes, which are 0 to ${classes - 1}.`);
  }
}

function corrupt(message: string): ReluctantError {
  return new ReluctantError('DATASET_CORRUPT', message);
}
