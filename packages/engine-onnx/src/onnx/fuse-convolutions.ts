import { BLOCKED_DOMAIN } from './domains.js';
import type { BuiltNode, Value } from './graph-builder.js';

/**
 * Makes what follows a blocked convolution part of it, where nothing else uses the convolution's own result: first the addition of
 * a tensor of the same shape (a residual, or another gradient), then a ReLU. Each saves reading and writing a whole map.
 *
 * @param nodes in topological order
 * @param outputs what the model returns: uses, too
 */
export function fuseConvolutions(
  nodes: readonly BuiltNode[],
  outputs: readonly { readonly source: Value }[],
): readonly BuiltNode[] {
  if (!nodes.some(isConvolution)) return nodes;
  const uses = countUses([...nodes.flatMap((node) => node.inputs), ...outputs.map(({ source }) => source)]);
  const kept = new Map<Value, BuiltNode>();
  const absorbable = (value: Value, fits: (convolution: BuiltNode) => boolean): BuiltNode | undefined => {
    const node = kept.get(value);
    return node && uses.get(value) === 1 && isConvolution(node) && !('activation' in node.attributes) && fits(node)
      ? node
      : undefined;
  };
  const replace = (convolution: BuiltNode, by: BuiltNode): void => {
    kept.delete(convolution.outputs[0]);
    kept.set(by.outputs[0], by);
  };
  for (const node of nodes) {
    const fused = withSum(node) ?? withRelu(node);
    if (fused) replace(fused.convolution, fused.node);
    else kept.set(node.outputs[0], node);
  }
  return [...kept.values()];

  function withSum(node: BuiltNode): { convolution: BuiltNode; node: BuiltNode } | undefined {
    if (!node.sameShape) return undefined;
    const [a, b] = node.inputs;
    const [convolution, other] =
      [[b, a] as const, [a, b] as const]
        .map(([value, rest]) => [absorbable(value, ({ inputs }) => inputs.length < 4), rest] as const)
        .find(([found]) => found !== undefined) ?? [];
    if (!convolution || !other) return undefined;
    const [x, kernel, bias = '' as Value] = convolution.inputs;
    return { convolution, node: { ...convolution, inputs: [x, kernel, bias, other], outputs: node.outputs } };
  }

  function withRelu(node: BuiltNode): { convolution: BuiltNode; node: BuiltNode } | undefined {
    const convolution = node.operator === 'Relu' ? absorbable(node.inputs[0], () => true) : undefined;
    if (!convolution) return undefined;
    const attributes = { ...convolution.attributes, activation: 'Relu' };
    return { convolution, node: { ...convolution, attributes, outputs: node.outputs } };
  }
}

const isConvolution = (node: BuiltNode): boolean => node.domain === BLOCKED_DOMAIN && node.operator === 'Conv';

function countUses(values: readonly Value[]): ReadonlyMap<Value, number> {
  const uses = new Map<Value, number>();
  for (const value of values) uses.set(value, (uses.get(value) ?? 0) + 1);
  return uses;
}
