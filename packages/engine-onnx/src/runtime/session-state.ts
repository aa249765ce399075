import { ReluctantError, type NamedArray, type NamedArrays } from '@reluctant/core';
import { arrayNames, type ParameterLayout } from '../lowering/parameter-layout.js';
import type { Runtime, RuntimeTensor } from './runtime.js';

/** A state array as it is outside: its name, its shape in tfjs's layout, and how it is laid out inside. */
export interface StateArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly layout: ParameterLayout;
}

/** One value of an array: its numbers, and the tensors over them, one for each part that the graphs see. */
interface Value {
  readonly data: Float32Array;
  readonly tensors: readonly RuntimeTensor[];
}

interface Buffers {
  readonly array: StateArray;
  current: Value;
  /** Receives the next value during a step; the two then change places, so that nothing is allocated from step to step. */
  next: Value;
}

/** The weights, optimizer slots and moving statistics of a session, laid out as its graphs take them. */
export class SessionState {
  private readonly buffers = new Map<string, Buffers>();
  /** Where the arrays are that the graphs see, by their names there. */
  private readonly places = new Map<string, { readonly of: Buffers; readonly part: number }>();

  /** Starts from `initial`; arrays that it lacks start at zero. */
  constructor(
    private readonly runtime: Runtime,
    arrays: readonly StateArray[],
    initial: NamedArrays,
  ) {
    for (const array of arrays) {
      const size = array.shape.reduce((product, extent) => product * extent, 1);
      const data = (initial[array.name]?.data as Float32Array | undefined) ?? new Float32Array(size);
      const of = {
        array,
        current: this.value(array, array.layout.pack(data, array.shape)),
        next: this.value(array, new Float32Array(size)),
      };
      this.buffers.set(array.name, of);
      arrayNames(array.name, array.shape, array.layout).forEach((name, part) => this.places.set(name, { of, part }));
    }
  }

  /** @param name of an array as the graphs see it */
  current(name: string): RuntimeTensor {
    const { of, part } = this.places.get(name)!;
    return of.current.tensors[part];
  }

  /** @param name of an array as the graphs see it */
  next(name: string): RuntimeTensor {
    const { of, part } = this.places.get(name)!;
    return of.next.tensors[part];
  }

  /** Takes over the next values of these arrays; of one in parts, all are among them. */
  advance(names: readonly string[]): void {
    for (const buffers of new Set(names.map((name) => this.places.get(name)!.of))) {
      [buffers.current, buffers.next] = [buffers.next, buffers.current];
    }
  }

  /** Copies of all arrays in tfjs's layouts. */
  read(): NamedArrays {
    const arrays: Record<string, NamedArray> = {};
    for (const [name, { array, current }] of this.buffers) {
      arrays[name] = { shape: array.shape, data: array.layout.unpack(current.data, array.shape) };
    }
    return arrays;
  }

  /** Replaces all arrays. Throws `RUN_CORRUPT` naming the first that doesn't fit; nothing is changed then. */
  write(arrays: NamedArrays): void {
    for (const { array } of this.buffers.values()) checkArray(array, arrays[array.name]);
    const unknown = Object.keys(arrays).find((name) => !this.buffers.has(name));
    if (unknown !== undefined) throw corrupt(`holds "${unknown}", which this network and optimizer don't have`);
    for (const { array, current } of this.buffers.values()) {
      const packed = array.layout.pack(arrays[array.name].data as Float32Array, array.shape);
      current.data.set(packed);
    }
  }

  /** Frees the tensors. Nothing else may be called after that. */
  dispose(): void {
    for (const { current, next } of this.buffers.values()) {
      for (const tensor of [...current.tensors, ...next.tensors]) tensor.dispose();
    }
    this.buffers.clear();
    this.places.clear();
  }

  private value({ name, shape, layout }: StateArray, data: Float32Array): Value {
    const names = arrayNames(name, shape, layout);
    const length = data.length / names.length;
    const tensors = names.map((_, part) =>
      this.runtime.tensor(data.subarray(part * length, (part + 1) * length), layout.dims(shape)),
    );
    return { data, tensors };
  }
}

function checkArray({ name, shape }: StateArray, given: NamedArray | undefined): void {
  if (given === undefined) throw corrupt(`lacks "${name}"`);
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (given.shape.join() !== shape.join() || given.data.length !== size) {
    throw corrupt(`holds "${name}" with shape [${given.shape.join(', ')}] where [${shape.join(', ')}] is needed`);
  }
  if (!(given.data instanceof Float32Array)) throw corrupt(`holds "${name}" in another type than float32`);
}

function corrupt(what: string): ReluctantError {
  return new ReluctantError(
    'RUN_CORRUPT',
    `The state ${what}. Resume with the architecture and optimizer with which it was saved.`,
  );
}
