import type { Batch, NamedArrays } from '@reluctant/core';

/** A value to send to another thread, and the buffers in it that move there instead of being copied. */
export interface Parcel<T> {
  readonly value: T;
  readonly buffers: ArrayBuffer[];
}

type Numbers = NamedArrays[string]['data'];

/**
 * A batch to send away that leaves the caller's own to the caller. Its numbers are copied here: sending a view would copy all of
 * the buffer under it, which can be a whole data set. (A CIFAR-10 batch of 64 has 0.8 MB.)
 */
export function parcelBatch({ size, x, y }: Batch): Parcel<Batch> {
  const value = { size, x: x.slice(), y: y.slice() };
  return { value, buffers: [value.x.buffer, value.y.buffer] };
}

/** The same for a state. */
export function parcelState(state: NamedArrays): Parcel<NamedArrays> {
  const copied = Object.entries(state).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }] as const);
  return parcelOwnState(Object.fromEntries(copied));
}

/** A state that nobody else holds: it is moved as it is. */
export function parcelOwnState(state: NamedArrays): Parcel<NamedArrays> {
  return {
    value: state,
    buffers: Object.values(state).map(({ data }: { data: Numbers }) => data.buffer as ArrayBuffer),
  };
}
