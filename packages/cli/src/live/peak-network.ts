import type { GraphNode, Network } from '@reluctant/core';

/**
 * The part of a network that leads to a ReLU site, with the greatest output of each unit over its positions as the logits. So any
 * engine tells of all units of the site at once on which images they fire most, and computes nothing that comes behind it.
 * @param site name of a ReLU site of the network
 */
export function peakNetwork(network: Network, site: string): Network {
  const { graph, sites, added = {} } = network;
  const nodes = leadingTo(site, graph.nodes);
  const peaks = peaksBehind(nodes.at(-1)!);
  const used = new Set(nodes.flatMap(({ operation }) => Object.values<unknown>(operation)));
  const parameters = graph.parameters.filter(({ name }) => used.has(name));
  return {
    ...network,
    graph: { ...graph, nodes: [...nodes, ...peaks], parameters, output: peaks.at(-1)?.name ?? site },
    sites: sites.filter(({ name }) => nodes.some((node) => node.name === name)),
    added: Object.fromEntries(Object.entries(added).filter(([name]) => used.has(name))),
  };
}

/** The node and all that it depends on, in topological order: itself the last. */
function leadingTo(name: string, nodes: readonly GraphNode[]): readonly GraphNode[] {
  const needed = new Set([name]);
  const kept = nodes.toReversed().filter((node) => {
    if (!needed.has(node.name)) return false;
    for (const input of node.inputs) needed.add(input);
    return true;
  });
  return kept.reverse();
}

/** A maximum over the whole of a map; nothing behind a vector. */
function peaksBehind({ name, layer, shape }: GraphNode): readonly GraphNode[] {
  if (shape.length === 1) return [];
  const [height, width, units] = shape;
  const size = [height, width] as const;
  const padding = { top: 0, bottom: 0, left: 0, right: 0 };
  const pool = `${name}/peak`;
  return [
    { name: pool, layer, operation: { op: 'maxPool', size, strides: size, padding }, inputs: [name], shape: [1, 1, units] },
    { name: `${pool}s`, layer, operation: { op: 'flatten' }, inputs: [pool], shape: [units] },
  ]; // prettier-ignore
}
