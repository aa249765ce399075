import type { BuiltNode, Value } from './graph-builder.js';

/**
 * Has ONNX Runtime compute each of a model's results as early as it can be had: a counter while the map that it counts is still in
 * the cache, an update as soon as its gradient is there.
 *
 * ONNX Runtime (1.30) searches its order depth first from the nodes that no other node uses, the last of the file first, and
 * computes what these need before them. So they go to the end of the file, those that hang on the fewest steps last. Any order is
 * correct; another version that went about it differently would only be slower.
 *
 * @param nodes in topological order
 */
export function scheduleResults(nodes: readonly BuiltNode[]): readonly BuiltNode[] {
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  const isResult = ({ outputs }: BuiltNode) => !outputs.some((output) => used.has(output));
  const steps = stepsBefore(nodes);
  const results = nodes.filter(isResult).sort((a, b) => steps.get(b)! - steps.get(a)!);
  return [...nodes.filter((node) => !isResult(node)), ...results];
}

/** Length of the longest chain of nodes that ends in each node. */
function stepsBefore(nodes: readonly BuiltNode[]): ReadonlyMap<BuiltNode, number> {
  const ofValues = new Map<Value, number>();
  const ofNodes = new Map<BuiltNode, number>();
  for (const node of nodes) {
    const steps = 1 + node.inputs.reduce((most, input) => Math.max(most, ofValues.get(input) ?? 0), 0);
    ofNodes.set(node, steps);
    for (const output of node.outputs) ofValues.set(output, steps);
  }
  return ofNodes;
}
