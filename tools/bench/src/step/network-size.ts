import type { Network } from '@reluctant/core';

/** Of a network: trainable parameters, ReLU layers, and units of these. */
export function networkSize({ graph, sites }: Network): {
  readonly parameters: number;
  readonly sites: number;
  readonly units: number;
} {
  const trainable = graph.parameters.filter((parameter) => parameter.trainable);
  const size = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);
  return {
    parameters: trainable.reduce((sum, { shape }) => sum + size(shape), 0),
    sites: sites.length,
    units: sites.reduce((sum, { units }) => sum + units, 0),
  };
}
