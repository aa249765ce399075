import type { BuiltNode, Value } from './graph-builder.js';

/**
 * Gives what the model returns the names under which it returns it. An input, a constant, or what is returned under two names is
 * copied.
 */
export function nameOutputs(
  nodes: readonly BuiltNode[],
  outputs: readonly { readonly name: string; readonly source: Value }[],
): readonly BuiltNode[] {
  const computed = new Set(nodes.flatMap((node) => node.outputs));
  const names = new Map<Value, Value>();
  const copies: BuiltNode[] = [];
  for (const { name, source } of outputs) {
    if (computed.has(source) && !names.has(source)) names.set(source, name as Value);
    else copies.push(identity(names.get(source) ?? source, name as Value));
  }
  const renamed = (values: readonly Value[]) => values.map((value) => names.get(value) ?? value);
  const kept = nodes.map((node) => ({ ...node, inputs: renamed(node.inputs), outputs: renamed(node.outputs) }));
  return [...kept, ...copies];
}

function identity(source: Value, name: Value): BuiltNode {
  return { operator: 'Identity', domain: '', inputs: [source], outputs: [name], attributes: {} };
}
