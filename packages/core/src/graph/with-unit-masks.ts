import { insertBehind } from './insert-behind.js';
import type { Network } from './network.js';
import { leakOf } from './with-leaks.js';

/** Name of the parameter that holds a site's mask, [units]: 1 lets a unit's output through, 0 takes it away. */
export function unitMaskName(site: string): string {
  return `${site}/mask/gamma`;
}

/**
 * The network with a mask behind each of the given sites, all ones at first: what followed the ReLU takes its output times the
 * mask. Masks are parameters, so `Session.writeState` changes them without compiling anything anew. The multiplication is a batch
 * normalisation in evaluation mode, of mean 0, variance 1, ε 0 and scale γ = the mask, which is exact: by 1 every bit stays, by 0
 * the output is 0 for every input. For evaluation only: in training it would normalise.
 *
 * A mask works at every call of a ReLU on its own: also behind an addition, where no weights belong to the unit alone, and in a
 * layer that is called twice. Behind a leak (`withLeaks`) it takes that away too. Taps at a site still see the ReLU's own output.
 * @param sites names of ReLU sites of the network
 */
export function withUnitMasks(network: Network, sites: readonly string[]): Network {
  const { graph } = network;
  const masked = network.sites.filter(({ name }) => sites.includes(name));
  const masks = new Map(
    masked.map(({ name }) => {
      const behind = leakOf(graph, name) ?? graph.nodes.find((node) => node.name === name)!;
      return [
        behind.name,
        { ...behind, name: `${name}/mask`, operation: maskOf(name), inputs: [behind.name] },
      ] as const;
    }),
  );
  const parameters = masked.flatMap(({ name, units }) => {
    const { gamma, movingMean, movingVariance } = maskOf(name);
    const parameter = (array: string, role: 'gamma' | 'movingMean' | 'movingVariance', value: number) => ({
      parameter: { name: array, shape: [units], trainable: false, role },
      data: new Float32Array(units).fill(value),
    });
    return [
      parameter(gamma, 'gamma', 1),
      parameter(movingMean, 'movingMean', 0),
      parameter(movingVariance, 'movingVariance', 1),
    ];
  });
  const added = parameters.map(({ parameter: { name, shape }, data }) => [name, { shape, data }] as const);
  return {
    ...network,
    graph: {
      ...insertBehind(graph, masks),
      parameters: [...graph.parameters, ...parameters.map(({ parameter }) => parameter)],
    },
    added: { ...network.added, ...Object.fromEntries(added) },
  };
}

function maskOf(site: string) {
  const role = (name: string) => `${site}/mask/${name}`;
  return {
    op: 'batchNorm',
    gamma: unitMaskName(site),
    movingMean: role('movingMean'),
    movingVariance: role('movingVariance'),
    epsilon: 0,
    momentum: 1,
  } as const;
}
