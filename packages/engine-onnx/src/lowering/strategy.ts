import type { GraphNode, Operation, OperationName, Shape } from '@reluctant/core';
import type { Value } from '../onnx/graph-builder.js';
import type { Emission } from './emission.js';
import type { ParameterLayout } from './parameter-layout.js';

/** What a graph is compiled for. */
export interface Device {
  readonly provider: 'cpu';
  readonly threads: number;
}

export type NodeOf<K extends OperationName> = GraphNode & { readonly operation: Extract<Operation, { op: K }> };

/**
 * The output of a node inside the ONNX graph, with the node's shape in the network ([H, W, C] or [F], without the batch).
 * Maps are laid out [batch, C, H, W], vectors [batch, F].
 */
export interface Activation {
  readonly value: Value;
  readonly shape: Shape;
}

/** Loss gradients that a node passes on; laid out like what they belong to. */
export interface Gradients {
  /** One an input, in order. */
  readonly inputs: readonly Value[];
  /** By parameter name. */
  readonly parameters?: Readonly<Record<string, Value>>;
}

/** A node emitted into the graph. */
export interface Lowered {
  readonly output: Value;
  /**
   * Emits the gradients for the inputs and parameters, given the gradient for the output. All of them, whether needed or
   * not: the builder leaves out what reaches no output.
   */
  backward(gradient: Value): Gradients;
}

/**
 * One way to compute an operation and its gradients. Plain strategies use standard operators only, for any shape on any
 * device; a fast one stands before them in the rule table and says where it fits.
 */
export interface Strategy<K extends OperationName = OperationName> {
  readonly name: string;
  fits(node: NodeOf<K>, device: Device): boolean;
  /** Layouts of those of its parameters that are not kept as tfjs lays them out. */
  parameterLayouts?(node: NodeOf<K>): Readonly<Record<string, ParameterLayout>>;
  emit(node: NodeOf<K>, inputs: readonly Activation[], emission: Emission): Lowered;
}
