import type { RuntimeTensor } from '../runtime.js';
import type { OrtApi, Pointer } from './ort-api.js';

/** `ONNXTensorElementDataType` of the C API. */
export const ElementType = { float32: 1, int32: 6 } as const;

export type TensorData = Float32Array | Int32Array;

/** A tensor of ONNX Runtime over the memory of a typed array, which it reads and writes in place. */
export class NativeTensor implements RuntimeTensor {
  private value: Pointer | null;

  /** @param memory describes where `data` is to ONNX Runtime */
  constructor(
    private readonly api: OrtApi,
    memory: Pointer,
    readonly data: TensorData,
    readonly dims: readonly number[],
  ) {
    const size = dims.reduce((product, extent) => product * extent, 1);
    if (data.length !== size) throw new Error(`${data.length} numbers can't be a tensor of [${dims.join(', ')}]`);
    // V8 keeps a small array's numbers on its own heap, where they move, until somebody asks for the buffer.
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const shape = BigInt64Array.from(dims.length > 0 ? dims : [0], BigInt);
    const type = data instanceof Int32Array ? ElementType.int32 : ElementType.float32;
    this.value = api.get('CreateTensorWithDataAsOrtValue', memory, bytes, bytes.length, shape, dims.length, type);
  }

  /** Its address. Throws once it has been disposed of. */
  get handle(): Pointer {
    if (this.value === null) throw new Error('a tensor was used after it had been disposed of');
    return this.value;
  }

  dispose(): void {
    if (this.value === null) return;
    this.api.release('Value', this.value);
    this.value = null;
  }
}
