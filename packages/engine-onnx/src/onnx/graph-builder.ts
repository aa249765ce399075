import { BLOCKED_DOMAIN, CONTRIB_DOMAIN } from './domains.js';
import { ELEMENT_TYPES, encodeModel, type Constant, type ElementType, type TensorInfo } from './encode-model.js';
import { fuseConvolutions } from './fuse-convolutions.js';
import { nameOutputs } from './name-outputs.js';
import { reachableNodes } from './reachable-nodes.js';
import { scheduleResults } from './schedule.js';

declare const brand: unique symbol;
/** A tensor of the graph being built: an input, a constant or a node's output. */
export type Value = string & { readonly [brand]: 'value' };

/** ONNX tells integers from floats; a plain number here is an integer, `{ float }` a float. */
export type Attribute = number | string | readonly number[] | { readonly float: number };
export type Attributes = Readonly<Record<string, Attribute>>;

/** A node as built so far. */
export interface BuiltNode {
  readonly operator: string;
  /** '' is the standard's. */
  readonly domain: '' | typeof BLOCKED_DOMAIN | typeof CONTRIB_DOMAIN;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: Attributes;
  /** An `Add` of operands of one shape, so that it may become part of the convolution before it. */
  readonly sameShape?: boolean;
}

/**
 * Builds one ONNX graph of static shapes from operators of the standard opset 18 and ONNX Runtime's
 * blocked ones. Nodes whose results reach no output are
 * left out of the model, so that rules may emit more than is asked of them.
 */
export class GraphBuilder {
  private readonly nodes: BuiltNode[] = [];
  private readonly constants = new Map<Value, Constant>();
  private readonly inputs: TensorInfo[] = [];
  private readonly outputs: (TensorInfo & { readonly source: Value })[] = [];
  private readonly scalars = new Map<number, Value>();
  private readonly integerLists = new Map<string, Value>();
  private readonly fillings = new Map<string, Value>();
  private nextId = 0;

  /** Declares an input of the model. Names must be unique among the inputs. */
  input(name: string, dims: readonly number[], type: ElementType = 'float32'): Value {
    this.inputs.push({ name, type, dims });
    return name as Value;
  }

  /** Declares that the model returns `source` under `name`. */
  output(name: string, source: Value, dims: readonly number[], type: ElementType = 'float32'): void {
    this.outputs.push({ name, type, dims, source });
  }

  /** A node with one output; '' stands for an optional input left out. */
  op(operator: string, inputs: readonly (Value | '')[], attributes: Attributes = {}): Value {
    return this.multiOp(operator, inputs, 1, attributes)[0];
  }

  /** A node with several outputs, of which all but the first are optional: trailing ones that nothing uses are left out. */
  multiOp(operator: string, inputs: readonly (Value | '')[], outputs: number, attributes: Attributes = {}): Value[] {
    return this.node({ operator, domain: '', inputs: inputs as readonly Value[], attributes }, outputs);
  }

  /** A node with one output in the blocked domain. */
  blockedOp(operator: string, inputs: readonly (Value | '')[], attributes: Attributes = {}): Value {
    return this.node({ operator, domain: BLOCKED_DOMAIN, inputs: inputs as readonly Value[], attributes })[0];
  }

  /** Products of stacks of matrices, either of them transposed where its flag is 1. */
  matMul(a: Value, b: Value, attributes: { readonly transA?: 1; readonly transB?: 1 }): Value {
    return this.node({ operator: 'FusedMatMul', domain: CONTRIB_DOMAIN, inputs: [a, b], attributes })[0];
  }

  /** The sum of two tensors of one shape. */
  sum(a: Value, b: Value): Value {
    return this.node({ operator: 'Add', domain: '', inputs: [a, b], attributes: {}, sameShape: true })[0];
  }

  /** 1 where the comparison holds and 0 elsewhere, as float32. NaN compares false. */
  indicator(comparison: 'Greater' | 'Less' | 'Equal', a: Value, b: Value): Value {
    return this.op('Cast', [this.op(comparison, [a, b])], { to: ELEMENT_TYPES.float32 });
  }

  /** 1 where a value is above 0 and 0 elsewhere, as float32. */
  positive(value: Value): Value {
    return this.indicator('Greater', value, this.scalar(0));
  }

  /** 1 where a value is 0 and 0 elsewhere, as float32. */
  isZero(value: Value): Value {
    return this.indicator('Equal', value, this.scalar(0));
  }

  /** 0 where a value is 0 and 1 elsewhere, as float32. */
  nonZero(value: Value): Value {
    return this.sub(this.scalar(1), this.isZero(value));
  }

  /** A float32 constant. */
  tensor(data: Float32Array, dims: readonly number[]): Value {
    return this.constant('float32', data, dims);
  }

  /** A float32 scalar of shape []. */
  scalar(value: number): Value {
    let scalar = this.scalars.get(value);
    if (scalar === undefined) {
      scalar = this.tensor(Float32Array.of(value), []);
      this.scalars.set(value, scalar);
    }
    return scalar;
  }

  /** A list of integers, as operators take shapes, axes and paddings. */
  integers(...values: readonly number[]): Value {
    const key = values.join();
    let list = this.integerLists.get(key);
    if (list === undefined) {
      list = this.constant('int64', BigInt64Array.from(values, BigInt), [values.length]);
      this.integerLists.set(key, list);
    }
    return list;
  }

  add(a: Value, b: Value): Value {
    return this.op('Add', [a, b]);
  }

  sub(a: Value, b: Value): Value {
    return this.op('Sub', [a, b]);
  }

  mul(a: Value, b: Value): Value {
    return this.op('Mul', [a, b]);
  }

  div(a: Value, b: Value): Value {
    return this.op('Div', [a, b]);
  }

  /** Conversion to the integers that indexing operators take. */
  toInt64(value: Value): Value {
    return this.op('Cast', [value], { to: ELEMENT_TYPES.int64 });
  }

  reshape(value: Value, dims: readonly number[]): Value {
    return this.op('Reshape', [value, this.integers(...dims)]);
  }

  transpose(value: Value, permutation: readonly number[]): Value {
    return this.op('Transpose', [value], { perm: permutation });
  }

  /**
   * Zeros before and after, so many for every axis. The operator's optional list of axes is not used: ONNX Runtime's optimizer
   * ignores it where it moves a transposition through a padding, and the graph then fails as it runs (1.30).
   */
  zeroPad(value: Value, before: readonly number[], after: readonly number[]): Value {
    if ([...before, ...after].every((count) => count === 0)) return value;
    return this.op('Pad', [value, this.integers(...before, ...after)]);
  }

  /** A reduction over some axes, which are dropped. */
  reduce(
    operator: 'ReduceSum' | 'ReduceMean' | 'ReduceMax' | 'ReduceMin',
    value: Value,
    axes: readonly number[],
  ): Value {
    return this.op(operator, [value, this.integers(...axes)], { keepdims: 0 });
  }

  /** Some rows of a matrix, in the order given. */
  gatherRows(matrix: Value, rows: ArrayLike<number>): Value {
    return this.op('Gather', [matrix, this.constant('int32', Int32Array.from(rows), [rows.length])], { axis: 0 });
  }

  /** A constant of zeros. */
  zeros(dims: readonly number[]): Value {
    return this.filled(0, dims);
  }

  /** A constant of ones. */
  ones(dims: readonly number[]): Value {
    return this.filled(1, dims);
  }

  slice(
    value: Value,
    part: { axes: readonly number[]; starts: readonly number[]; ends: readonly number[]; steps?: readonly number[] },
  ): Value {
    const steps = part.steps ?? part.axes.map(() => 1);
    return this.op('Slice', [
      value,
      ...[part.starts, part.ends, part.axes, steps].map((list) => this.integers(...list)),
    ]);
  }

  /** The serialised model. */
  build(): Uint8Array {
    const fused = fuseConvolutions(reachableNodes(this.nodes, this.outputs), this.outputs);
    const nodes = scheduleResults(nameOutputs(fused, this.outputs));
    const used = new Set(nodes.flatMap((node) => node.inputs));
    const constants = [...this.constants].filter(([name]) => used.has(name)).map(([, constant]) => constant);
    return encodeModel({ nodes, constants, inputs: this.inputs, outputs: this.outputs });
  }

  private node(of: Omit<BuiltNode, 'outputs'>, count = 1): Value[] {
    const outputs = Array.from({ length: count }, () => this.fresh(of.operator));
    this.nodes.push({ ...of, outputs });
    return outputs;
  }

  private filled(value: number, dims: readonly number[]): Value {
    const key = `${value}: ${dims.join()}`;
    let constant = this.fillings.get(key);
    if (constant === undefined) {
      const size = dims.reduce((product, extent) => product * extent, 1);
      constant = this.tensor(new Float32Array(size).fill(value), dims);
      this.fillings.set(key, constant);
    }
    return constant;
  }

  private constant(type: ElementType, data: ArrayBufferView, dims: readonly number[]): Value {
    const name = this.fresh('constant');
    this.constants.set(name, { info: { name, type, dims }, data });
    return name;
  }

  private fresh(operator: string): Value {
    return `%${operator}.${this.nextId++}` as Value;
  }
}
