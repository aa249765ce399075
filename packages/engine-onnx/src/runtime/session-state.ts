import { ReluctantError, type NamedArray, type NamedArrays } from '@reluctant/core';
import type { ParameterLayout } from '../lowering/parameter-layout.js';
import type { Runtime, RuntimeTensor } from './runtime.js';

/** A state array as it is outside: its name, its shape in tfjs's layout, and how it is laid out inside. */
export interface StateArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly layout: ParameterLayout;
}

interface Buffers {
  readonly array: StateArray;
  current: RuntimeTensor;
  /** Receives the next value during a step; the two then change places, so that nothing is allocated from step to step. */
  next: RuntimeTensor;
}

/** The weights, optimizer slots and moving statistics of a session, laid out as its graphs take them. */
export class SessionState {
  private readonly buffers = new Map<string, Buffers>();

  /** Starts from `initial`; arrays that it lacks start at zero. */
  constructor(
    private readonly runtime: Runtime,
    arrays: readonly StateArray[],
    initial: NamedArrays,
  ) {
    for (const array of arrays) {
      const size = array.shape.reduce((product, extent) => product * extent, 1);
      const data = (initial[array.name]?.data as Float32Array | undefined) ?? new Float32Array(size);
      this.buffers.set(array.name, {
        array,
        current: this.tensor(array, array.layout.pack(data, array.shape)),
        next: this.tensor(array, new Float32Array(size)),
      });
    }
  }

  current(name: string): RuntimeTensor {
    return this.buffers.get(name)!.current;
  }

  next(name: string): RuntimeTensor {
    return this.buffers.get(name)!.next;
  }

  /** Takes over the next values of these arrays. */
  advance(names: readonly string[]): void {
    for (const name of names) {
      const buffers = this.buffers.get(name)!;
      [buffers.current, buffers.next] = [buffers.next, buffers.current];
    }
  }

  /** Copies of all arrays in tfjs's layouts. */
  read(): NamedArrays {
    const arrays: Record<string, NamedArray> = {};
    for (const [name, { array, current }] of this.buffers) {
      arrays[name] = { shape: array.shape, data: array.layout.unpack(current.data as Float32Array, array.shape) };
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
      (current.data as Float32Array).set(packed);
    }
  }

  /** Frees the tensors. Nothing else may be called after that. */
  dispose(): void {
    for (const { current, next } of this.buffers.values()) {
      current.dispose();
      next.dispose();
    }
    this.buffers.clear();
  }

  private tensor(array: StateArray, data: Float32Array): RuntimeTensor {
    return this.runtime.tensor(data, array.layout.dims(array.shape));
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
