import { BLOCKED_DOMAIN, CONTRIB_DOMAIN } from './domains.js';
import type { Attribute, BuiltNode } from './graph-builder.js';
import { onnxModelType } from './schema.js';

/** Element types with their numbers in `TensorProto.DataType`. */
export const ELEMENT_TYPES = { float32: 1, int32: 6, int64: 7 } as const;
export type ElementType = keyof typeof ELEMENT_TYPES;

/** What a model tells of an input, an output or a constant. */
export interface TensorInfo {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly number[];
}

export interface Constant {
  readonly info: TensorInfo;
  readonly data: ArrayBufferView;
}

/** A graph as it goes into a model. */
interface FinishedGraph {
  readonly nodes: readonly BuiltNode[];
  readonly constants: readonly Constant[];
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
}

const IR_VERSION = 8;
const OPSET_VERSION = 18;

/** Serialises a model as the ONNX standard has it. */
export function encodeModel({ nodes, constants, inputs, outputs }: FinishedGraph): Uint8Array {
  const model = onnxModelType();
  return model
    .encode(
      model.fromObject({
        ir_version: IR_VERSION,
        producer_name: 'reluctant',
        opset_import: [
          { domain: '', version: OPSET_VERSION },
          { domain: BLOCKED_DOMAIN, version: 1 },
          { domain: CONTRIB_DOMAIN, version: 1 },
        ],
        graph: {
          name: 'reluctant',
          node: nodes.map(nodeProto),
          initializer: constants.map(tensorProto),
          input: inputs.map(valueInfoProto),
          output: outputs.map(valueInfoProto),
        },
      }),
    )
    .finish();
}

function nodeProto(node: BuiltNode): object {
  return {
    name: node.outputs[0],
    op_type: node.operator,
    domain: node.domain,
    input: node.inputs,
    output: node.outputs,
    attribute: Object.entries(node.attributes).map(([name, value]) => ({ name, ...attributeProto(value) })),
  };
}

function attributeProto(value: Attribute): object {
  if (typeof value === 'number') return { type: 'INT', i: value };
  if (typeof value === 'string') return { type: 'STRING', s: Buffer.from(value, 'utf8') };
  return 'float' in value ? { type: 'FLOAT', f: value.float } : { type: 'INTS', ints: value };
}

function tensorProto({ info, data }: Constant): object {
  return {
    name: info.name,
    data_type: ELEMENT_TYPES[info.type],
    dims: info.dims,
    raw_data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

function valueInfoProto({ name, type, dims }: TensorInfo): object {
  return {
    name,
    type: {
      tensor_type: { elem_type: ELEMENT_TYPES[type], shape: { dim: dims.map((size) => ({ dim_value: size })) } },
    },
  };
}
