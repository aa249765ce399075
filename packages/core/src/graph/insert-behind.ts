import type { GraphNode, NetworkGraph } from './graph.js';

/**
 * The graph with a new node right behind each of some nodes: whatever took the output of one of these, also as the logits, takes
 * that of the new node instead.
 * @param inserted the new nodes, by the name of the node behind which each stands
 */
export function insertBehind(graph: NetworkGraph, inserted: ReadonlyMap<string, GraphNode>): NetworkGraph {
  const behind = (name: string) => inserted.get(name)?.name ?? name;
  const nodes = graph.nodes.flatMap((node): readonly GraphNode[] => {
    const rewired = { ...node, inputs: node.inputs.map(behind) };
    const added = inserted.get(node.name);
    if (added === undefined) return [rewired];
    return [rewired, { ...added, inputs: added.inputs.map((name) => (name === node.name ? name : behind(name))) }];
  });
  return { ...graph, nodes, output: behind(graph.output) };
}
