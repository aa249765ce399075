import type { NetworkGraph } from '@reluctant/core';
import type { LoweredNode } from '../autodiff/backpropagate.js';
import type { Value } from '../onnx/graph-builder.js';
import type { Emission } from './emission.js';
import type { ParameterLayout } from './parameter-layout.js';
import { chooseStrategy } from './rule-table.js';
import type { Device, Strategy } from './strategy.js';

/** How every node of a network will be computed. */
export interface LoweringPlan {
  readonly graph: NetworkGraph;
  readonly strategies: ReadonlyMap<string, Strategy>;
  /** Layouts inside of those parameters that are not kept as tfjs has them. */
  readonly layouts: ReadonlyMap<string, ParameterLayout>;
}

/** Chooses a strategy for every node. Throws `ENGINE_UNSUPPORTED` naming the first node for which there is none. */
export function planLowering(graph: NetworkGraph, device: Device): LoweringPlan {
  const strategies = new Map<string, Strategy>();
  const layouts = new Map<string, ParameterLayout>();
  for (const node of graph.nodes) {
    const strategy = chooseStrategy(node, device);
    strategies.set(node.name, strategy);
    for (const [parameter, layout] of Object.entries(strategy.parameterLayouts?.(node) ?? {})) {
      layouts.set(parameter, layout);
    }
  }
  return { graph, strategies, layouts };
}

export interface LoweredNetwork {
  readonly nodes: readonly LoweredNode[];
  /** Outputs of the nodes by name. */
  readonly values: ReadonlyMap<string, Value>;
}

/** Emits the forward pass. */
export function lowerNetwork({ graph, strategies }: LoweringPlan, emission: Emission): LoweredNetwork {
  const shapes = new Map(graph.nodes.map((node) => [node.name, node.shape]));
  const values = new Map<string, Value>();
  const nodes = graph.nodes.map((node) => {
    const inputs = node.inputs.map((name) => ({ value: values.get(name)!, shape: shapes.get(name)! }));
    const lowered = strategies.get(node.name)!.emit(node, inputs, emission);
    values.set(node.name, lowered.output);
    return { node, lowered };
  });
  return { nodes, values };
}
