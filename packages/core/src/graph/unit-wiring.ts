import type { GraphNode, NetworkGraph, Operation } from './graph.js';
import { withoutLeaks } from './with-leaks.js';

/** Where a unit's pre-activation comes from: one output of a weight layer, and the normalisations on the way. */
export interface IncomingWeights {
  readonly kernel: string;
  readonly bias?: string;
  /** Place on the last axis of the kernel. */
  readonly column: number;
  /** From the weight layer to the ReLU. */
  readonly norms: readonly Norm[];
}

export interface Norm {
  readonly operation: Extract<Operation, { readonly op: 'batchNorm' }>;
  readonly channel: number;
}

/** The weights of one layer that read a unit: places on the kernel's last axis but one. */
export interface OutgoingWeights {
  readonly kernel: string;
  readonly rows: readonly number[];
}

/** The weights around one unit. */
export interface UnitWiring {
  /** One for each weight layer whose output goes nowhere but into this unit's pre-activation. */
  readonly incoming: readonly IncomingWeights[];
  /** Of all weight layers that the unit's output reaches without passing other weights. */
  readonly outgoing: readonly OutgoingWeights[];
  /** Ways on which the output goes on without passing any weight, each once. */
  readonly bypasses: readonly ('addition' | 'logits')[];
  /** Names of weights above (of a normalisation: its moving mean) that another call of their layer uses as well. */
  readonly shared: readonly string[];
}

/** A place on the last axis of a node's output. */
interface Feature {
  readonly node: GraphNode;
  readonly channel: number;
}

/**
 * Finds the weights around any unit of a graph, per ReLU site and unit. Operations that treat each channel by itself (pooling,
 * dropout, padding, batch normalisation, activations) are passed on both ways; so is flattening on the way out, where a channel
 * becomes one feature per position.
 *
 * At an addition, a way in is followed along each summand; one that leads to something that is used elsewhere too, such as a skip
 * connection, is not the unit's own and ends there. A way out ends at an addition, as what follows is not the unit's alone.
 *
 * A leak (`withLeaks`) counts as part of its ReLU.
 */
export function unitWiring(graph: NetworkGraph): (site: string, unit: number) => UnitWiring {
  const wires = new Wires(withoutLeaks(graph));
  return (site, unit) => {
    const feature = { node: wires.node(site), channel: unit };
    const incoming = wires.sources({ ...feature, node: wires.node(feature.node.inputs[0]) });
    const { rows, bypasses } = wires.targets(feature);
    const outgoing = [...rows].map(([kernel, places]) => ({ kernel, rows: [...places].sort((a, b) => a - b) }));
    const kernels = [...incoming, ...outgoing].map(({ kernel }) => kernel);
    const norms = incoming.flatMap((way) => way.norms.map(({ operation }) => operation.movingMean));
    const shared = [...new Set([...kernels, ...norms])].filter((weights) => wires.callsWith(weights) > 1);
    return { incoming, outgoing, bypasses: [...bypasses], shared };
  };
}

interface Targets {
  readonly rows: Map<string, Set<number>>;
  readonly bypasses: Set<'addition' | 'logits'>;
}

class Wires {
  private readonly byName: ReadonlyMap<string, GraphNode>;
  private readonly takers = new Map<string, GraphNode[]>();

  constructor(private readonly graph: NetworkGraph) {
    this.byName = new Map(graph.nodes.map((node) => [node.name, node]));
    for (const node of graph.nodes) {
      for (const input of new Set(node.inputs)) this.takers.set(input, [...(this.takers.get(input) ?? []), node]);
    }
  }

  node(name: string): GraphNode {
    return this.byName.get(name)!;
  }

  /** How many nodes use a kernel, or a normalisation's moving mean. */
  callsWith(weights: string): number {
    return this.graph.nodes.filter(
      ({ operation }) =>
        ('kernel' in operation && operation.kernel === weights) ||
        ('movingMean' in operation && operation.movingMean === weights),
    ).length;
  }

  sources({ node, channel }: Feature): readonly IncomingWeights[] {
    const { operation } = node;
    const uses = (this.takers.get(node.name) ?? []).flatMap(({ inputs }) =>
      inputs.filter((name) => name === node.name),
    );
    if (uses.length > 1 || node.name === this.graph.output) return [];
    const from = (place: number, input = 0) => this.sources({ node: this.node(node.inputs[input]), channel: place });
    switch (operation.op) {
      case 'conv2d':
      case 'dense':
        return [{ kernel: operation.kernel, bias: operation.bias, column: channel, norms: [] }];
      case 'batchNorm':
        return from(channel).map((way) => ({ ...way, norms: [...way.norms, { operation, channel }] }));
      case 'add':
        return node.inputs.flatMap((_, input) => from(channel, input));
      case 'padChannels': {
        const inside = channel - operation.before;
        return inside >= 0 && inside < this.width(node.inputs[0]) ? from(inside) : [];
      }
      case 'concatenate': {
        let before = 0;
        const input = node.inputs.findIndex((name) => channel < (before += this.width(name)));
        return from(channel - before + this.width(node.inputs[input]), input);
      }
      case 'flatten':
        // Features of several positions come out of one channel, which is then nobody's own.
        return this.positions(node.inputs[0]) === 1 ? from(channel) : [];
      case 'input':
      case 'relu':
      case 'leak':
        return [];
      case 'leakyRelu':
      case 'sigmoid':
      case 'tanh':
      case 'maxPool':
      case 'averagePool':
      case 'globalAveragePool':
      case 'zeroPad':
      case 'dropout':
        return from(channel);
    }
  }

  targets(feature: Feature, found: Targets = { rows: new Map(), bypasses: new Set() }): Targets {
    const { node, channel } = feature;
    if (node.name === this.graph.output) found.bypasses.add('logits');
    for (const taker of this.takers.get(node.name) ?? []) {
      const { operation } = taker;
      switch (operation.op) {
        case 'conv2d':
        case 'dense':
          found.rows.set(operation.kernel, (found.rows.get(operation.kernel) ?? new Set()).add(channel));
          break;
        case 'add':
          found.bypasses.add('addition');
          break;
        default:
          for (const place of this.placesIn(taker, feature)) this.targets({ node: taker, channel: place }, found);
      }
    }
    return found;
  }

  /** Where a feature comes to lie in the output of a node that takes it. */
  private placesIn(taker: GraphNode, { node, channel }: Feature): readonly number[] {
    const { operation } = taker;
    if (operation.op === 'padChannels') return [channel + operation.before];
    if (operation.op === 'flatten') {
      const width = this.width(node.name);
      return Array.from({ length: this.positions(node.name) }, (_, position) => position * width + channel);
    }
    if (operation.op !== 'concatenate') return [channel];
    let before = 0;
    return taker.inputs.flatMap((name) => {
      const place = before + channel;
      before += this.width(name);
      return name === node.name ? [place] : [];
    });
  }

  private width(name: string): number {
    return this.node(name).shape.at(-1)!;
  }

  private positions(name: string): number {
    return this.node(name)
      .shape.slice(0, -1)
      .reduce((product, extent) => product * extent, 1);
  }
}
