import type { GraphNode, Operation, OperationName, Shape } from '@reluctant/core';
import type { Value } from '../onnx/graph-builder.js';
import type { Device } from './device.js';
import type { Emission } from './emission.js';
import type { Layout } from './layout.js';
import type { ParameterLayout } from './parameter-layout.js';

export type NodeOf<K extends OperationName> = GraphNode & { readonly operation: Extract<Operation, { op: K }> };

/**
 * The output of a node inside the ONNX graph, with the node's shape in the network ([H, W, C] or [F], without the batch).
 */
export interface Activation {
  readonly value: Value;
  readonly shape: Shape;
  readonly layout: Layout;
}

/** An input of a node before it is emitted. */
export type Operand = Omit<Activation, 'value'>;

/** Where a node stands, as far as the choice of its strategy depends on it. */
export interface Surroundings {
  readonly inputs: readonly Operand[];
  /** The layout in which the next convolution that its output comes to will take it; plain where there is none. */
  readonly wanted: Layout;
}

/** Loss gradients that a node passes on; laid out like what they belong to, as the node takes it. */
export interface Gradients {
  /** One an input, in order. */
  readonly inputs: readonly Value[];
  /** By parameter name, or the name of a part where the strategy keeps a parameter in parts. */
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
  /** Where the rules take it, unless one before it fits too. */
  fits(node: NodeOf<K>, device: Device, surroundings: Surroundings): boolean;
  /** Where it computes rightly, be that fast or not: there it can be chosen. Where it fits, if nothing is said. */
  computes?(node: NodeOf<K>, device: Device, surroundings: Surroundings): boolean;
  /** In which layouts it takes its inputs and gives its output; plain where nothing is said. `any`: in that of its first input. */
  readonly layouts?: { readonly input: Layout; readonly output: Layout } | 'any';
  /** Layouts of those of its parameters that are not kept as tfjs lays them out. */
  parameterLayouts?(node: NodeOf<K>, device: Device): Readonly<Record<string, ParameterLayout>>;
  emit(node: NodeOf<K>, inputs: readonly Activation[], emission: Emission): Lowered;
}
