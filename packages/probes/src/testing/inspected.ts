import { readParameters, type InspectedNetwork, type Network } from '@reluctant/core';

/** A network as a probe sees it at step 0, its parameters being the model's. */
export function inspected(network: Network, more: Partial<InspectedNetwork> = {}): InspectedNetwork {
  const { graph, sites } = network;
  return { graph, sites, parameters: readParameters(network), samples: [], step: 0, epoch: 0, ...more };
}
