import type { GraphNode, NetworkGraph } from '@reluctant/core';

/**
 * What two equal layers of networks share, in one line: operation, shapes of inputs and output, shapes of parameters, and
 * everything else that the operation states, e.g. `conv2d 8x8x16 -> 8x8x32 bias=32 dilation=1x1 kernel=3x3x16x32 padding=…`. Names
 * have no part in it.
 */
export function nodeSignatures({ nodes, parameters }: NetworkGraph): ReadonlyMap<string, string> {
  const shapes = new Map(nodes.map(({ name, shape }) => [name, shape]));
  const parameterShapes = new Map(parameters.map(({ name, shape }) => [name, shape]));
  const signatureOf = ({ operation: { op, ...rest }, inputs, shape }: GraphNode): string => {
    const traits = Object.entries(rest as Readonly<Record<string, unknown>>)
      .filter(([, value]) => value !== undefined)
      // An operation's only strings are names of parameters.
      .map(([key, value]) => `${key}=${extents(typeof value === 'string' ? parameterShapes.get(value) : value)}`);
    return [op, ...inputs.map((input) => extents(shapes.get(input))), '->', extents(shape), ...traits.sort()].join(' ');
  };
  return new Map(nodes.map((node) => [node.name, signatureOf(node)]));
}

/** Numbers as `3x3`; a padding by its sides. */
function extents(value: unknown): string {
  if (Array.isArray(value)) return value.join('x');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value as Readonly<Record<string, number>>)
    .map(([side, size]) => `${side}:${size}`)
    .sort()
    .join(',');
}
