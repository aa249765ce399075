import type { GraphNode, NetworkGraph } from '@reluctant/core';
import type { LoweredNode } from '../autodiff/backpropagate.js';
import type { Value } from '../onnx/graph-builder.js';
import { absorbPadding } from './absorb-padding.js';
import type { Device } from './device.js';
import type { Emission } from './emission.js';
import { convertLayout, type Layout } from './layout.js';
import type { ParameterLayout } from './parameter-layout.js';
import { nodeSignatures } from './node-signature.js';
import { chooseStrategy } from './rule-table.js';
import type { Activation, Operand, Strategy, Surroundings } from './strategy.js';

/** How one node will be computed. */
export interface NodePlan {
  readonly node: GraphNode;
  readonly strategy: Strategy;
  /** What its strategy was chosen by. */
  readonly surroundings: Surroundings;
  /** Layout in which it takes its inputs. */
  readonly input: Layout;
  /** Layout of its output, and of the loss gradient for that. */
  readonly output: Layout;
}

/** How every node of a network will be computed. */
export interface LoweringPlan {
  readonly graph: NetworkGraph;
  readonly device: Device;
  readonly nodes: readonly NodePlan[];
  /** Layouts inside of those parameters that are not kept as tfjs has them. */
  readonly layouts: ReadonlyMap<string, ParameterLayout>;
}

/** Strategies taken instead of those that the rule table prefers: names of strategies by the signatures of nodes. */
export type StrategyChoices = Readonly<Record<string, string>>;

/**
 * Gives every node a strategy: the one that `choices` has for it where that can be taken, else the one that the rules prefer. Throws
 * `ENGINE_UNSUPPORTED` naming the first node for which there is none.
 */
export function planLowering(network: NetworkGraph, device: Device, choices: StrategyChoices = {}): LoweringPlan {
  const graph = absorbPadding(network);
  const signatures = nodeSignatures(graph);
  const plain = new Set<string>();
  for (;;) {
    const plan = planBy(graph, device, (node, surroundings) => {
      const choice = plain.has(node.name) ? 'plain' : choices[signatures.get(node.name)!];
      return chooseStrategy(node, device, surroundings, choice);
    });
    const divided = nodesAtOdds(plan);
    if (divided.length === 0) return plan;
    // Once they are plain, what stands around them is chosen anew, which may divide others.
    for (const name of divided) plain.add(name);
  }
}

/** Calls of one layer, on maps of different sizes, whose strategies would keep its parameters in different layouts. */
function nodesAtOdds({ nodes, device }: LoweringPlan): readonly string[] {
  const users = new Map<string, NodePlan[]>();
  for (const plan of nodes) {
    for (const parameter of Object.keys(plan.strategy.parameterLayouts?.(plan.node, device) ?? {})) {
      users.set(parameter, [...(users.get(parameter) ?? []), plan]);
    }
  }
  return [...users.values()]
    .filter(([first, ...others]) => others.some(({ strategy }) => strategy !== first.strategy))
    .flatMap((plans) => plans.map(({ node }) => node.name));
}

type Choose = (node: GraphNode, surroundings: Surroundings) => Strategy;

function planBy(graph: NetworkGraph, device: Device, choose: Choose): LoweringPlan {
  const nodes: NodePlan[] = [];
  const layouts = new Map<string, ParameterLayout>();
  const outputs = new Map<string, Operand>();
  const wanted = wantedLayouts(graph, choose);
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => outputs.get(name)!);
    const surroundings = { inputs, wanted: wanted.get(node.name) ?? 'plain' };
    const strategy = choose(node, surroundings);
    const { layouts: taken = { input: 'plain', output: 'plain' } } = strategy;
    const [input, output] = taken === 'any' ? [inputs[0].layout, inputs[0].layout] : [taken.input, taken.output];
    nodes.push({ node, strategy, surroundings, input, output });
    outputs.set(node.name, { shape: node.shape, layout: output });
    for (const [parameter, layout] of Object.entries(strategy.parameterLayouts?.(node, device) ?? {})) {
      layouts.set(parameter, layout);
    }
  }
  return { graph, device, nodes, layouts };
}

/** The layouts in which outputs of nodes come to the next convolution, by the nodes' names. */
function wantedLayouts({ nodes }: NetworkGraph, choose: Choose): ReadonlyMap<string, Layout> {
  const shapes = new Map(nodes.map(({ name, shape }) => [name, shape]));
  const wanted = new Map<string, Layout>();
  for (const node of nodes.toReversed()) {
    const layout = node.operation.op === 'conv2d' ? wantedByConvolution(node) : wanted.get(node.name);
    if (layout === undefined) continue;
    for (const input of node.inputs) wanted.set(input, layout);
  }
  return wanted;

  function wantedByConvolution(node: GraphNode): Layout {
    // As if its input came plain: how it takes that is what its strategy likes best.
    const inputs = node.inputs.map((name): Operand => ({ shape: shapes.get(name)!, layout: 'plain' }));
    const { layouts } = choose(node, { inputs, wanted: 'plain' });
    return typeof layouts === 'object' ? layouts.input : 'plain';
  }
}

export interface LoweredNetwork {
  readonly nodes: readonly LoweredNode[];
  /** Outputs of the nodes by name. */
  readonly activations: ReadonlyMap<string, Activation>;
}

/** Emits the forward pass. */
export function lowerNetwork({ nodes }: LoweringPlan, emission: Emission): LoweredNetwork {
  const activations = new Map<string, Activation>();
  const lowered = nodes.map(({ node, strategy, input, output }) => {
    const sources = node.inputs.map((name) => activations.get(name)!);
    const operands = sources.map((source) => inLayout(emission, source, input));
    const { output: value, backward } = strategy.emit(node, operands, emission);
    activations.set(node.name, { value, shape: node.shape, layout: output });
    return {
      node,
      lowered: {
        output: value,
        backward: (gradient: Value) => {
          const { inputs, parameters } = backward(gradient);
          const handedOn = inputs.map((term, i) =>
            convertLayout(emission, term, sources[i].shape, input, sources[i].layout),
          );
          return { inputs: handedOn, parameters };
        },
      },
    };
  });
  return { nodes: lowered, activations };
}

function inLayout(emission: Emission, { value, shape, layout }: Activation, wanted: Layout): Activation {
  return { value: convertLayout(emission, value, shape, layout, wanted), shape, layout: wanted };
}
