import type { GraphNode, NetworkGraph, Parameter } from './graph.js';
import { insertBehind } from './insert-behind.js';
import type { Network } from './network.js';

/** Name of the parameter that holds the slopes of a site's units below 0, [units]: 0 leaves a unit a ReLU. */
export function leakSlopeName(site: string): string {
  return `${site}/leak/slope`;
}

/**
 * The network with a leak behind each of the given sites, whose slopes are 0 at first: what followed the ReLU takes its output plus
 * slope·min(pre-activation, 0). As long as pre-activations are finite, slopes of 0 change no bit of what it computes. Slopes are
 * parameters that are not trained, so `Session.writeState` makes single units leaky without compiling anything anew.
 *
 * The sites stay what they are: taps see the ReLU's own output, so a leaky unit fires where its pre-activation is above 0, as before.
 * Of the taps at gradients, `preactivation-gradient` includes what passes through the leak.
 * @param sites names of ReLU sites of the network; one that has a leak keeps it
 */
export function withLeaks(network: Network, sites: readonly string[]): Network {
  const { graph } = network;
  const leaking = network.sites.filter(({ name }) => sites.includes(name) && !leakOf(graph, name));
  const parameters = leaking.map(({ name, units }): Parameter => ({
    name: leakSlopeName(name),
    shape: [units],
    trainable: false,
    role: 'slope',
  }));
  const values = parameters.map(({ name, shape }) => [name, { shape, data: new Float32Array(shape[0]) }] as const);
  const leaks = new Map(leaking.map(({ name }) => [name, leakBehind(graph.nodes.find((node) => node.name === name)!)]));
  const leaky = insertBehind(graph, leaks);
  return {
    ...network,
    graph: { ...leaky, parameters: [...graph.parameters, ...parameters] },
    added: { ...network.added, ...Object.fromEntries(values) },
  };
}

/** The graph as it was before `withLeaks`. */
export function withoutLeaks(graph: NetworkGraph): NetworkGraph {
  const rectified = new Map(
    graph.nodes.filter(({ operation }) => operation.op === 'leak').map(({ name, inputs }) => [name, inputs[1]]),
  );
  if (rectified.size === 0) return graph;
  const before = (name: string) => rectified.get(name) ?? name;
  return {
    ...graph,
    nodes: graph.nodes
      .filter(({ name }) => !rectified.has(name))
      .map((node) => ({ ...node, inputs: node.inputs.map(before) })),
    parameters: graph.parameters.filter(({ role }) => role !== 'slope'),
    output: before(graph.output),
  };
}

/** The leak behind a site, if it has one. */
export function leakOf({ nodes }: NetworkGraph, site: string): GraphNode | undefined {
  return nodes.find(({ operation, inputs }) => operation.op === 'leak' && inputs[1] === site);
}

function leakBehind(relu: GraphNode): GraphNode {
  return {
    ...relu,
    name: `${relu.name}/leak`,
    operation: { op: 'leak', slope: leakSlopeName(relu.name) },
    inputs: [relu.inputs[0], relu.name],
  };
}
