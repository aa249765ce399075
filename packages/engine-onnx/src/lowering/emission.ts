import type { Parameter, Shape } from '@reluctant/core';
import type { GraphBuilder, Value } from '../onnx/graph-builder.js';
import type { Device } from './device.js';
import { arrayNames, tfjsLayout, type ParameterLayout } from './parameter-layout.js';

export type Mode = 'training' | 'evaluation';

/** A dropout mask that the host feeds, laid out like the activation that it multiplies. */
export interface DropoutMask {
  readonly input: string;
  readonly node: string;
  readonly rate: number;
  /** Shape of the node's output, without the batch. */
  readonly shape: Shape;
}

/** Name of the graph input that carries a state array. */
export const stateInput = (name: string): string => `state:${name}`;

/** Dimensions inside the graph of a node's output: [batch, C, H, W] or [batch, F]. */
export function activationDims(batch: number, shape: Shape): number[] {
  if (shape.length === 1) return [batch, shape[0]];
  const [height, width, channels] = shape;
  return [batch, channels, height, width];
}

/** What strategies emit into: the graph under construction, with the parameters and masks that it has asked for so far. */
export class Emission {
  readonly masks: DropoutMask[] = [];
  private readonly parametersByName: ReadonlyMap<string, Parameter>;
  private readonly inputs = new Map<string, Value>();
  private readonly assigned = new Map<string, Value>();
  private readonly firingMasks = new Map<Value, Value>();
  private readonly rectified = new Set<Value>();
  private readonly masked = new Map<Value, Value>();

  constructor(
    readonly builder: GraphBuilder,
    readonly device: Device,
    readonly batch: number,
    readonly mode: Mode,
    parameters: readonly Parameter[],
    private readonly layouts: ReadonlyMap<string, ParameterLayout>,
    /** Nodes for whose outputs the gradient is asked, as it is. */
    readonly gradientsAsked: ReadonlySet<string> = new Set(),
  ) {
    this.parametersByName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  }

  /** The present value of a parameter: an input of the graph, or what `assign` has put in its place. */
  parameter(name: string): Value {
    return this.assigned.get(name) ?? this.state(name, name);
  }

  /** A state array (a parameter, a slot laid out like `parameter`, or a part of them) as an input of the graph. */
  state(name: string, parameter: string): Value {
    let input = this.inputs.get(name);
    if (input === undefined) {
      input = this.builder.input(stateInput(name), this.parameterDims(parameter));
      this.inputs.set(name, input);
    }
    return input;
  }

  /** Gives a parameter a new value, seen by later nodes and kept after the step: how moving statistics are updated. */
  assign(name: string, value: Value): void {
    this.assigned.set(name, value);
  }

  /** The parameters assigned so far. */
  assignments(): ReadonlyMap<string, Value> {
    return this.assigned;
  }

  /** Shape of a parameter in tfjs's layout. */
  parameterShape(name: string): readonly number[] {
    return this.parametersByName.get(name)!.shape;
  }

  /** Dimensions of a parameter, or of each of its parts, inside the graph. */
  parameterDims(name: string): readonly number[] {
    return (this.layouts.get(name) ?? tfjsLayout).dims(this.parameterShape(name));
  }

  /** Names inside the graph of the arrays that make up a state array (a parameter, or a slot laid out like `parameter`). */
  arrayNames(name: string, parameter: string): readonly string[] {
    return arrayNames(name, this.parameterShape(parameter), this.layouts.get(parameter) ?? tfjsLayout);
  }

  /** Names of the state arrays that the graph takes. */
  stateNames(): readonly string[] {
    return [...this.inputs.keys()];
  }

  /** Dimensions inside the graph of an activation. */
  readonly dims = (shape: Shape): number[] => activationDims(this.batch, shape);

  /** 1 where a ReLU's output is above 0 and 0 elsewhere. Emitted once for what is asked for often. */
  firing(output: Value): Value {
    let mask = this.firingMasks.get(output);
    if (mask === undefined) {
      mask = this.device.block === undefined ? this.builder.positive(output) : steepSigmoid(this.builder, output, 0);
      this.firingMasks.set(output, mask);
    }
    return mask;
  }

  /** Notes that a value comes out of a ReLU whose gradient may be masked before it arrives there. */
  noteRectified(output: Value): void {
    this.rectified.add(output);
  }

  isRectified(value: Value): boolean {
    return this.rectified.has(value);
  }

  /** Notes that a gradient for a ReLU's output is 0 already wherever that is off. */
  noteMasked(gradient: Value, output: Value): void {
    this.masked.set(gradient, output);
  }

  isMasked(gradient: Value, output: Value): boolean {
    return this.masked.get(gradient) === output;
  }

  /** The mask of a dropout node: 0 for dropped elements, 1/(1 − rate) for the others. */
  dropoutMask(node: string, rate: number, shape: Shape): Value {
    const mask = { input: `mask:${node}`, node, rate, shape };
    this.masks.push(mask);
    return this.builder.input(mask.input, this.dims(shape));
  }
}

/**
 * min(1, max(0, s·x + beta)) with s near the largest float: a comparison with 0 in a single vectorised pass, where the comparing
 * operators take several times as long on processors. Exact but for |x| below 3e-39, which are subnormal.
 *
 * @param beta 0 for x > 0, 1 for x ≥ 0
 */
export function steepSigmoid(builder: GraphBuilder, value: Value, beta: 0 | 1): Value {
  return builder.op('HardSigmoid', [value], { alpha: { float: 3.4e38 }, beta: { float: beta } });
}
