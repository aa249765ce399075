import { withoutLeaks, type GraphNode, type NamedArray, type NamedArrays, type NetworkGraph } from '@reluctant/core';

/** What of a node's output comes from the units of a site without a weight between, channel by channel. */
interface Reach {
  /** The unit that each channel (of a vector: element) carries, or −1. */
  readonly units: Int32Array;
  /** What it has been multiplied by. */
  readonly scales: Float64Array;
}

/**
 * Σ|w| over all weights that leave each unit of a site: those of the next convolutions and dense layers on every path, found through
 * pooling, dropout, padding, flattening, concatenations and additions. A normalisation on the way scales the weights behind it, by
 * |γ|/√(variance + ε). Where a path meets another activation, or the logits, before any weight, the connection counts as one of weight 1.
 * A leak behind a ReLU counts as part of it.
 * @param parameters by graph name, in tfjs's layouts
 * @returns one sum a unit
 */
export function outgoingWeights(leaky: NetworkGraph, parameters: NamedArrays, site: string): Float64Array {
  const graph = withoutLeaks(leaky);
  const takers = new Map<string, { readonly node: GraphNode; readonly input: number }[]>();
  for (const node of graph.nodes) {
    node.inputs.forEach((name, input) => takers.set(name, [...(takers.get(name) ?? []), { node, input }]));
  }
  const shapeOf = (name: string) => graph.nodes.find((node) => node.name === name)!.shape;
  const count = shapeOf(site).at(-1)!;
  const sums = new Float64Array(count);
  follow(site, {
    units: Int32Array.from({ length: count }, (_, unit) => unit),
    scales: new Float64Array(count).fill(1),
  });
  return sums;

  function follow(name: string, reach: Reach): void {
    if (name === graph.output) connect(reach);
    for (const { node, input } of takers.get(name) ?? []) pass(node, input, reach);
  }

  function pass(node: GraphNode, input: number, reach: Reach): void {
    const { operation, inputs, shape, name } = node;
    switch (operation.op) {
      case 'conv2d':
      case 'dense':
        return addWeights(reach, parameters[operation.kernel]);
      case 'relu':
      case 'leakyRelu':
      case 'sigmoid':
      case 'tanh':
        return connect(reach);
      case 'batchNorm': {
        const variance = parameters[operation.movingVariance].data;
        const gamma = operation.gamma === undefined ? undefined : parameters[operation.gamma].data;
        const factor = (channel: number) =>
          Math.abs(gamma?.[channel] ?? 1) / Math.sqrt(variance[channel] + operation.epsilon);
        return follow(name, { ...reach, scales: reach.scales.map((scale, channel) => scale * factor(channel)) });
      }
      case 'flatten': {
        const elements = Array.from({ length: shape[0] }, (_, i) => i % reach.units.length);
        return follow(name, {
          units: Int32Array.from(elements, (channel) => reach.units[channel]),
          scales: Float64Array.from(elements, (channel) => reach.scales[channel]),
        });
      }
      case 'concatenate':
        return follow(name, displaced(reach, shape.at(-1)!, channelsBefore(inputs.slice(0, input))));
      case 'padChannels':
        return follow(name, displaced(reach, shape.at(-1)!, operation.before));
      default:
        return follow(name, reach);
    }
  }

  function channelsBefore(names: readonly string[]): number {
    return names.reduce((total, name) => total + shapeOf(name).at(-1)!, 0);
  }

  function connect({ units, scales }: Reach): void {
    units.forEach((unit, channel) => {
      if (unit >= 0) sums[unit] += scales[channel];
    });
  }

  /** A kernel [..., in, out]. */
  function addWeights({ units, scales }: Reach, { data, shape }: NamedArray): void {
    const outputs = shape.at(-1)!;
    for (let row = 0; row < data.length / outputs; row++) {
      const channel = row % units.length;
      if (units[channel] < 0) continue;
      let sum = 0;
      for (let out = 0; out < outputs; out++) sum += Math.abs(data[row * outputs + out]);
      sums[units[channel]] += scales[channel] * sum;
    }
  }
}

function displaced({ units, scales }: Reach, channels: number, by: number): Reach {
  const moved = { units: new Int32Array(channels).fill(-1), scales: new Float64Array(channels) };
  moved.units.set(units, by);
  moved.scales.set(scales, by);
  return moved;
}
