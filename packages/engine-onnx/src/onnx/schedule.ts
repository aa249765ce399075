import type { BuiltNode, Value } from './graph-builder.js';

/**
 * Has ONNX Runtime compute each of a model's results when what it hangs on is there anyway: a sum over a map while the map is still in
 * the cache, a count of its positive elements not before the backward pass needs to know which they are, an update as soon as its
 * gradient is there. Counting in the forward pass, for one, would keep all masks in memory and cost a ResNet-20 5 % of its step.
 *
 * ONNX Runtime (1.30) searches its order depth first from the nodes that no other node uses, the last of the file first, and
 * computes what these need before them. So they go to the end of the file, those to be computed first last. Any order is
 * correct; another version that went about it differently would only be slower.
 *
 * @param nodes in topological order
 */
export function scheduleResults(nodes: readonly BuiltNode[]): readonly BuiltNode[] {
  const users = usersOf(nodes);
  /** Nodes that lead to one result and nowhere else, with that result: they are computed with it. */
  const ways = new Map<BuiltNode, BuiltNode>();
  const stepsToEnd = new Map<BuiltNode, number>();
  for (const node of nodes.toReversed()) {
    const ends = new Set(Array.from(users.get(node)!, (user) => ways.get(user)));
    const [end = node] = ends;
    if (ends.size <= 1 && !ends.has(undefined)) ways.set(node, end);
    const further = [...users.get(node)!].filter((user) => !ways.has(user));
    stepsToEnd.set(node, 1 + Math.max(-1, ...further.map((user) => stepsToEnd.get(user)!)));
  }
  const producers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  /** Steps from the latest of the shared nodes that a result hangs on to the end. */
  const stepsAfter = (node: BuiltNode): number =>
    Math.min(
      ...node.inputs.map((input) => {
        const producer = producers.get(input);
        if (producer === undefined) return Infinity;
        return ways.has(producer) ? stepsAfter(producer) : stepsToEnd.get(producer)!;
      }),
    );
  const isResult = (node: BuiltNode) => users.get(node)!.size === 0;
  const results = nodes.filter(isResult).map((node) => ({ node, after: stepsAfter(node) }));
  results.sort((a, b) => (a.after === b.after ? 0 : a.after - b.after));
  return [...nodes.filter((node) => !isResult(node)), ...results.map(({ node }) => node)];
}

function usersOf(nodes: readonly BuiltNode[]): ReadonlyMap<BuiltNode, ReadonlySet<BuiltNode>> {
  const producers = new Map<Value, BuiltNode>();
  const users = new Map<BuiltNode, Set<BuiltNode>>();
  for (const node of nodes) {
    users.set(node, new Set());
    for (const input of node.inputs) {
      const producer = producers.get(input);
      if (producer) users.get(producer)!.add(node);
    }
    for (const output of node.outputs) producers.set(output, node);
  }
  return users;
}
