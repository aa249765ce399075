import type { GraphNode, NetworkGraph, Padding } from '@reluctant/core';

/**
 * Makes zero padding that only a convolution reads the convolution's own, which costs nothing.
 *
 * A frame of zeros around zeros: the result is the same.
 */
export function absorbPadding(graph: NetworkGraph): NetworkGraph {
  const readers = new Map<string, number>();
  for (const name of graph.nodes.flatMap(({ inputs }) => inputs)) readers.set(name, (readers.get(name) ?? 0) + 1);
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const absorbed = new Set<string>();
  const nodes = graph.nodes.map((node): GraphNode => {
    const { operation } = node;
    const padding = byName.get(node.inputs[0]);
    if (operation.op !== 'conv2d' || padding?.operation.op !== 'zeroPad') return node;
    if (readers.get(padding.name) !== 1 || padding.name === graph.output) return node;
    absorbed.add(padding.name);
    return {
      ...node,
      inputs: padding.inputs,
      operation: { ...operation, padding: sumOf(operation.padding, padding.operation.padding) },
    };
  });
  return { ...graph, nodes: nodes.filter(({ name }) => !absorbed.has(name)) };
}

const sumOf = (a: Padding, b: Padding): Padding => ({
  top: a.top + b.top,
  bottom: a.bottom + b.bottom,
  left: a.left + b.left,
  right: a.right + b.right,
});
