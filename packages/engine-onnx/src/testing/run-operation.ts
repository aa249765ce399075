import type { GraphNode, Parameter, Shape } from '@reluctant/core';
import * as ort from 'onnxruntime-node';
import type { Device } from '../lowering/device.js';
import { Emission, stateInput, type Mode } from '../lowering/emission.js';
import { BATCH_INPUT } from '../lowering/input.js';
import { convertLayout, type Layout } from '../lowering/layout.js';
import { permutedLayout, tfjsLayout, type ParameterLayout } from '../lowering/parameter-layout.js';
import { chooseStrategy } from '../lowering/rule-table.js';
import { GraphBuilder } from '../onnx/graph-builder.js';
import { createGraphRunner } from '../runtime/graph-runner.js';
import type { Reference, ReferenceParameters } from '@reluctant/core/testing';

export interface OperationResult {
  readonly output: Float32Array;
  readonly inputGradients: readonly Float32Array[];
  readonly parameterGradients: Readonly<Record<string, Float32Array>>;
  /** Parameters that the forward pass gave new values (moving statistics). */
  readonly assigned: Readonly<Record<string, Float32Array>>;
}

const SINGLE_THREAD = { threads: 1, spinning: 0 };
const mapLayout = permutedLayout([0, 3, 1, 2]);
/** Activations inside the graph; the tests see them as tfjs lays them out. */
const activationLayout = (shape: Shape): ParameterLayout => (shape.length === 3 ? mapLayout : tfjsLayout);

export interface OperationRun {
  readonly mode?: Mode;
  readonly device?: Device;
  /** Layout in which the node meets its inputs. */
  readonly layout?: Layout;
  /** Layout in which a convolution behind it would take its output. */
  readonly wanted?: Layout;
  /** Name of a strategy to take instead of the one that the rules prefer. */
  readonly choice?: string;
}

const PLAIN_DEVICE: Device = { provider: 'cpu', threads: 1 };

/** Runs the strategy of a single node forwards and, from a given output gradient, backwards. */
export async function runOperation(
  node: GraphNode,
  inputs: readonly Reference[],
  parameters: ReferenceParameters,
  outputGradient: Float64Array,
  { mode = 'training', device = PLAIN_DEVICE, layout = 'plain', wanted = 'plain', choice }: OperationRun = {},
): Promise<OperationResult> {
  const batch = inputs[0].shape[0];
  const shapes = inputs.map(({ shape }) => shape.slice(1));
  const surroundings = { inputs: shapes.map((shape) => ({ shape, layout })), wanted };
  const strategy = chooseStrategy(node, device, surroundings, choice);
  const { layouts: taken = { input: 'plain', output: 'plain' } } = strategy;
  const [inside, outside] = taken === 'any' ? [layout, layout] : [taken.input, taken.output];
  const layouts = new Map(Object.entries(strategy.parameterLayouts?.(node, device) ?? {}));
  const declared = Object.entries(parameters).map(([name, { shape }]): Parameter => ({
    name,
    shape,
    trainable: true,
    role: 'kernel',
  }));
  const builder = new GraphBuilder();
  const emission = new Emission(builder, device, batch, mode, declared, layouts);
  const layoutOf = (name: string) => layouts.get(name) ?? tfjsLayout;

  const isInput = node.operation.op === 'input';
  const operands = shapes.map((shape, i) => ({
    value: convertLayout(
      emission,
      builder.input(isInput ? `unused:${i}` : `in:${i}`, emission.dims(shape)),
      shape,
      'plain',
      inside,
    ),
    shape,
    layout: inside,
  }));
  const gradient = convertLayout(
    emission,
    builder.input('gradient', emission.dims(node.shape)),
    node.shape,
    'plain',
    outside,
  );
  const lowered = strategy.emit(node, operands, emission);
  const gradients = lowered.backward(gradient);

  const outputs: Record<string, { layout: ParameterLayout; shape: readonly number[] }> = {};
  const activation = (name: string, value: typeof gradient, shape: Shape, layout: Layout) => {
    builder.output(name, convertLayout(emission, value, shape, layout, 'plain'), emission.dims(shape));
    outputs[name] = { layout: activationLayout(shape), shape: [batch, ...shape] };
  };
  activation('output', lowered.output, node.shape, outside);
  gradients.inputs.forEach((value, i) => activation(`d${i}`, value, shapes[i], inside));
  const parameter = (kind: string, [array, value]: [string, typeof gradient]) => {
    const [name] = array.split('#');
    builder.output(`${kind}:${array}`, value, emission.parameterDims(name));
    outputs[`${kind}:${name}`] = { layout: layoutOf(name), shape: parameters[name].shape };
  };
  Object.entries(gradients.parameters ?? {}).forEach((entry) => parameter('gradient', entry));
  [...emission.assignments()].forEach((entry) => parameter('assigned', entry));

  const feeds: Record<string, ort.Tensor> = {};
  const feed = (name: string, { data }: { data: Float64Array }, shape: readonly number[], layout: ParameterLayout) => {
    feeds[name] = new ort.Tensor('float32', layout.pack(Float32Array.from(data), shape), layout.dims(shape));
  };
  inputs.forEach((input, i) =>
    feed(`${isInput ? 'unused' : 'in'}:${i}`, input, input.shape, activationLayout(shapes[i])),
  );
  if (isInput) feed(BATCH_INPUT, inputs[0], inputs[0].shape, tfjsLayout);
  feed('gradient', { data: outputGradient }, [batch, ...node.shape], activationLayout(node.shape));
  for (const [name, { shape, data }] of Object.entries(parameters)) {
    const packed = layoutOf(name).pack(Float32Array.from(data), shape);
    const arrays = emission.arrayNames(name, name);
    arrays.forEach((array, part) => {
      if (!emission.stateNames().includes(array)) return;
      const length = packed.length / arrays.length;
      const values = packed.subarray(part * length, (part + 1) * length);
      feeds[stateInput(array)] = new ort.Tensor('float32', values, emission.parameterDims(name));
    });
  }

  const runner = await createGraphRunner(ort, builder.build(), SINGLE_THREAD);
  try {
    const results = await runner.run(feeds, Object.fromEntries(runner.outputs.map((name) => [name, null])));
    const read = (name: string) => {
      const { layout: ofArray, shape } = outputs[name];
      const parts = runner.outputs.filter((output) => output === name || output.startsWith(`${name}#`));
      const values = parts.flatMap((part) => [...(results[part].data as Float32Array)]);
      return ofArray.unpack(Float32Array.from(values), shape);
    };
    const ofKind = (kind: string) =>
      Object.fromEntries(
        Object.keys(outputs)
          .filter((name) => name.startsWith(`${kind}:`))
          .map((name) => [name.slice(kind.length + 1), read(name)]),
      );
    return {
      output: read('output'),
      inputGradients: gradients.inputs.map((_, i) => read(`d${i}`)),
      parameterGradients: ofKind('gradient'),
      assigned: ofKind('assigned'),
    };
  } finally {
    await runner.release();
  }
}
