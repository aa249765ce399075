/** Numbers as they go into a graph and come out of it. */
export interface HostArray {
  readonly data: unknown;
  readonly dims: readonly number[];
}

/** An array that a runtime's graphs take and fill. */
export interface RuntimeTensor extends HostArray {
  /** The memory that it was made of: what a graph writes into the tensor is found there. */
  readonly data: unknown;
  /** Frees what the runtime keeps for it. The tensor can't be used any more; the memory stays with its owner. */
  dispose(): void;
}

/** A model loaded into ONNX Runtime. */
export interface GraphRunner<T extends HostArray = RuntimeTensor> {
  /** Names of all its outputs. */
  readonly outputs: readonly string[];
  /**
   * Computes the outputs that `fetches` names: into the tensor given there, or where that is null into memory of its own,
   * which it returns by the outputs' names and overwrites in the next run.
   */
  run(
    feeds: Readonly<Record<string, T>>,
    fetches: Readonly<Record<string, T | null>>,
  ): Promise<Record<string, HostArray>>;
  release(): Promise<void>;
}

export interface Threading {
  /** Threads that compute one operator. */
  readonly threads: number;
  /** Microseconds that they wait busily for the next operator before they sleep. */
  readonly spinning: number;
}

/** One way to call ONNX Runtime. */
export interface Runtime {
  /** `native` works on the caller's memory; `stock` is the binding of onnxruntime-node, which copies every output. */
  readonly name: 'native' | 'stock';
  /** Version of ONNX Runtime. */
  readonly version: string;
  /** A tensor over `data`, which it neither copies nor frees. */
  tensor(data: Float32Array | Int32Array, dims: readonly number[]): RuntimeTensor;
  /** Loads a serialised model. Throws what ONNX Runtime says where it refuses it. */
  load(model: Uint8Array, threading: Threading): Promise<GraphRunner>;
}
