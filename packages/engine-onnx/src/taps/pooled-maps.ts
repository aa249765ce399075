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

/**
 * A max pooling that alone takes a ReLU's output, in windows that do not overlap: it hands each element of its own gradient to one element of
 * the ReLU's, and 0 to the others. Sums over the gradient for the ReLU's output, and how many elements of it are not 0, can be
 * had from the pooling's, and so can those of what the ReLU passes on: a window's largest element is off exactly where the pooled one is.
 */
export function poolingOfGradient({ nodes, output }: NetworkGraph, site: string): GraphNode | undefined {
  const [pooling, ...others] = nodes.filter(({ inputs }) => inputs.includes(site));
  if (pooling?.operation.op !== 'maxPool' || others.length > 0 || site === output) return undefined;
  const relu = nodes.find(({ name }) => name === site)!.operation;
  if (relu.op !== 'relu' || relu.max !== undefined) return undefined;
  const { strides, size } = pooling.operation;
  return strides.every((stride, axis) => stride >= size[axis]) ? pooling : undefined;
}
