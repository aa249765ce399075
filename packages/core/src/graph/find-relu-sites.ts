import type { GraphNode, NetworkGraph } from './graph.js';
import type { ReluSite } from './network.js';

/** The ReLU calls of a network, from input to output. Leaky units are no sites: they cannot be exactly off. */
export function findReluSites(graph: NetworkGraph): readonly ReluSite[] {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  return graph.nodes
    .filter((node) => node.operation.op === 'relu')
    .map((node, index) => ({
      name: node.name,
      layer: node.layer,
      depth: index + 1,
      kind: node.shape.length === 3 ? ('conv' as const) : ('dense' as const),
      units: node.shape.at(-1)!,
      positions: node.shape.slice(0, -1).reduce((product, extent) => product * extent, 1),
      ...(node.shape.length === 3 && { map: [node.shape[0], node.shape[1]] as const }),
      skip: skipEnters(node, byName),
    }));
}

/** Whether a skip connection enters between the previous weight layer and this node. */
function skipEnters(node: GraphNode, byName: ReadonlyMap<string, GraphNode>): boolean {
  return node.inputs.some((name) => {
    const input = byName.get(name)!;
    switch (input.operation.op) {
      case 'conv2d':
      case 'dense':
      case 'input':
        return false;
      case 'add':
        return true;
      case 'concatenate':
        // Branches that were computed side by side are no skip; one that holds what another was computed from is.
        return input.inputs.some((one) => input.inputs.some((other) => one !== other && leadsTo(one, other, byName)));
      default:
        return skipEnters(input, byName);
    }
  });
}

function leadsTo(from: string, to: string, byName: ReadonlyMap<string, GraphNode>): boolean {
  const pending = [...byName.get(to)!.inputs];
  const visited = new Set<string>();
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name === from) return true;
    if (visited.has(name)) continue;
    visited.add(name);
    pending.push(...byName.get(name)!.inputs);
  }
  return false;
}
