import type { GraphNode } from '@reluctant/core';
import type { GraphBuilder, Value } from '../onnx/graph-builder.js';
import type { Lowered } from '../lowering/strategy.js';

export interface LoweredNode {
  readonly node: GraphNode;
  readonly lowered: Lowered;
}

export interface NetworkGradients {
  /** Loss gradients with respect to the nodes' outputs, by node name. */
  readonly activations: ReadonlyMap<string, Value>;
  /** What each node passed on to each of its inputs: the gradient for that, where nothing else takes it. */
  readonly passedOn: ReadonlyMap<string, readonly Value[]>;
  readonly parameters: ReadonlyMap<string, Value>;
}

/**
 * Reverse-mode differentiation: walks the nodes from the output back, giving each the sum of what its consumers passed on.
 *
 * @param nodes in topological order
 * @param output name of the node at which the loss attaches
 * @param gradient of the loss with respect to that node's output
 */
export function backpropagate(
  builder: GraphBuilder,
  nodes: readonly LoweredNode[],
  output: string,
  gradient: Value,
): NetworkGradients {
  const activations = new Map<string, Value>([[output, gradient]]);
  const passedOn = new Map<string, readonly Value[]>();
  const parameters = new Map<string, Value>();
  const accumulate = (sums: Map<string, Value>, name: string, term: Value) => {
    const sum = sums.get(name);
    sums.set(name, sum === undefined ? term : builder.sum(sum, term));
  };
  for (const { node, lowered } of nodes.toReversed()) {
    const ofOutput = activations.get(node.name);
    if (ofOutput === undefined) continue;
    const gradients = lowered.backward(ofOutput);
    passedOn.set(node.name, gradients.inputs);
    node.inputs.forEach((input, i) => accumulate(activations, input, gradients.inputs[i]));
    for (const [name, term] of Object.entries(gradients.parameters ?? {})) accumulate(parameters, name, term);
  }
  return { activations, passedOn, parameters };
}
