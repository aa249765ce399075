import koffi from 'koffi';
import type { GraphRunner, HostArray, RuntimeTensor } from '../runtime.js';
import { ElementType, NativeTensor, type TensorData } from './native-tensor.js';
import type { OrtApi, Pointer } from './ort-api.js';

/** Names of a session's inputs or outputs, in order, each with the C string that ONNX Runtime allocated for it. */
type Names = ReadonlyMap<string, Pointer>;

/** A loaded model that is run on tensors over the caller's memory. */
export class NativeGraph implements GraphRunner {
  readonly outputs: readonly string[];
  private readonly inputNames: Names;
  private readonly outputNames: Names;
  /** C strings of the inputs' names, the tensors of a run in the same order, and the same of the outputs it asks for. */
  private readonly inputPointers: BigUint64Array;
  private readonly inputHandles: BigUint64Array;
  private readonly fetchedNames: BigUint64Array;
  private readonly fetchedHandles: BigUint64Array;
  /** Receives the outputs for which the caller has no tensor. Kept from run to run. */
  private readonly own = new Map<string, NativeTensor>();
  private released = false;

  /** Takes over the session and releases it in the end. */
  constructor(
    private readonly api: OrtApi,
    private readonly memory: Pointer,
    private readonly session: Pointer,
  ) {
    this.inputNames = this.readNames('SessionGetInputCount', 'SessionGetInputName');
    this.outputNames = this.readNames('SessionGetOutputCount', 'SessionGetOutputName');
    this.outputs = [...this.outputNames.keys()];
    this.inputPointers = pointers(this.inputNames.size, this.inputNames.values());
    this.inputHandles = pointers(this.inputNames.size);
    this.fetchedNames = pointers(this.outputNames.size);
    this.fetchedHandles = pointers(this.outputNames.size);
  }

  async run(
    feeds: Readonly<Record<string, RuntimeTensor>>,
    fetches: Readonly<Record<string, RuntimeTensor | null>>,
  ): Promise<Record<string, HostArray>> {
    // The computation blocks this thread: timers, messages and sockets get their turn before each.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.released) throw new Error('a graph was run after it had been released');
    // Plain loops over buffers that stay: a ResNet-56 has nearly a thousand inputs and outputs, and every step passes here.
    let place = 0;
    for (const name of this.inputNames.keys()) {
      const tensor = feeds[name] as NativeTensor | undefined;
      if (tensor === undefined) throw new Error(`input "${name}" is missing`);
      this.inputHandles[place++] = tensor.handle;
    }
    const own: [name: string, tensor: NativeTensor][] = [];
    let count = 0;
    for (const name in fetches) {
      const pointer = this.outputNames.get(name);
      if (pointer === undefined) throw new Error(`the graph has no output "${name}"`);
      const target = (fetches[name] as NativeTensor | null) ?? this.ownTensor(name);
      if (fetches[name] === null) own.push([name, target]);
      this.fetchedNames[count] = pointer;
      this.fetchedHandles[count++] = target.handle;
    }
    const { api, session, inputPointers, inputHandles, fetchedNames, fetchedHandles } = this;
    api.call('Run', session, null, inputPointers, inputHandles, place, fetchedNames, count, fetchedHandles);
    return Object.fromEntries(own);
  }

  async release(): Promise<void> {
    if (this.released) return;
    this.released = true;
    for (const tensor of this.own.values()) tensor.dispose();
    const allocator = this.api.get('GetAllocatorWithDefaultOptions');
    for (const name of [...this.inputNames.values(), ...this.outputNames.values()]) {
      this.api.call('AllocatorFree', allocator, name);
    }
    this.api.release('Session', this.session);
  }

  private readNames(
    count: 'SessionGetInputCount' | 'SessionGetOutputCount',
    nameAt: 'SessionGetInputName' | 'SessionGetOutputName',
  ): Names {
    const allocator = this.api.get('GetAllocatorWithDefaultOptions');
    const length = Number(this.api.get<number | bigint>(count, this.session));
    const pairs = Array.from({ length }, (_, i): [string, Pointer] => {
      const name = this.api.get(nameAt, this.session, i, allocator);
      return [koffi.decode.string(name), name];
    });
    return new Map(pairs);
  }

  private ownTensor(name: string): NativeTensor {
    let tensor = this.own.get(name);
    if (tensor === undefined) {
      const { dims, data } = this.allocateOutput(name);
      tensor = new NativeTensor(this.api, this.memory, data, dims);
      this.own.set(name, tensor);
    }
    return tensor;
  }

  /** Memory of an output's type and shape, both of which the graph must fix. */
  private allocateOutput(name: string): { dims: number[]; data: TensorData } {
    const type = this.api.get('SessionGetOutputTypeInfo', this.session, this.outputs.indexOf(name));
    try {
      // Belongs to `type`.
      const info = this.api.get('CastTypeInfoToTensorInfo', type);
      const rank = Number(this.api.get<number | bigint>('GetDimensionsCount', info));
      const extents = new BigInt64Array(Math.max(1, rank));
      this.api.call('GetDimensions', info, extents, rank);
      const dims = Array.from(extents.subarray(0, rank), Number);
      if (dims.some((extent) => extent < 0)) throw new Error(`output "${name}" has no fixed shape`);
      const size = dims.reduce((product, extent) => product * extent, 1);
      const element = this.api.get<number>('GetTensorElementType', info);
      if (element === ElementType.float32) return { dims, data: new Float32Array(size) };
      if (element === ElementType.int32) return { dims, data: new Int32Array(size) };
      throw new Error(`output "${name}" is neither float32 nor int32`);
    } finally {
      this.api.release('TypeInfo', type);
    }
  }
}

/** A C array of pointers; never empty, so that it has an address. */
function pointers(count: number, addresses: Iterable<Pointer> = []): BigUint64Array {
  const array = new BigUint64Array(Math.max(1, count));
  array.set([...addresses]);
  return array;
}
