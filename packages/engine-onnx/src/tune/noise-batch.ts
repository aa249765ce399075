import { Random, type Batch, type NetworkGraph } from '@reluctant/core';

/** Images of noise with labels drawn at random: what a step costs does not depend on what is in its images. */
export function noiseBatch({ nodes, input, output }: NetworkGraph, size: number): Batch {
  const extents = (name: string) => nodes.find((node) => node.name === name)!.shape;
  const random = new Random(0, 'tuning');
  const pixels = extents(input).reduce((product, extent) => product * extent, size);
  const [classes] = extents(output);
  return {
    size,
    x: Float32Array.from({ length: pixels }, () => random.normal()),
    y: Int32Array.from({ length: size }, () => random.integer(classes)),
  };
}
