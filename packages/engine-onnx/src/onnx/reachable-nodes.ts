import type { BuiltNode, Value } from './graph-builder.js';

/** The nodes on which an output depends, in their order (which is topological). */
export function reachableNodes(
  nodes: readonly BuiltNode[],
  outputs: readonly { readonly source: Value }[],
): BuiltNode[] {
  const needed = new Set<Value>(outputs.map(({ source }) => source));
  const kept: BuiltNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    kept.push(node);
    node.inputs.forEach((input) => needed.add(input));
  }
  return kept.reverse().map((node) => ({ ...node, outputs: withoutUnusedTail(node.outputs, needed) }));
}

/** Kernels skip the work for optional trailing outputs that are not asked for. */
function withoutUnusedTail(outputs: readonly Value[], needed: ReadonlySet<Value>): readonly Value[] {
  return outputs.slice(0, outputs.findLastIndex((output) => needed.has(output)) + 1);
}
