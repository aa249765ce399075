import type { GraphNode, NetworkGraph } from '@reluctant/core';

/**
 * A max pooling of a node's output whose windows leave no element out: the maximum of its output is that of the whole map, with a
 * fraction of the elements to look at. Undefined where there is none.
 */
export function poolingOfAll({ nodes }: NetworkGraph, input: string): GraphNode | undefined {
  const { shape } = nodes.find(({ name }) => name === input)!;
  return nodes.find(({ inputs, operation }) => {
    if (operation.op !== 'maxPool' || inputs[0] !== input) return false;
    const { size, strides, padding } = operation;
    const covers = (axis: 0 | 1, pads: number) =>
      strides[axis] <= size[axis] && (shape[axis] + pads - size[axis]) % strides[axis] === 0;
    return covers(0, padding.top + padding.bottom) && covers(1, padding.left + padding.right);
  });
}
