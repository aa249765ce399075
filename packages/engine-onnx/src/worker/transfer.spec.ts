import { expect, it } from 'vitest';
import { parcelBatch, parcelState } from './transfer.js';

/** What arrives when a parcel is sent. */
const send = <T>({ value, buffers }: { value: T; buffers: ArrayBuffer[] }): T =>
  structuredClone(value, { transfer: buffers });

it('a batch is sent without the buffer under it, and stays with the caller', () => {
  const dataset = Float32Array.from({ length: 1000 }, (_, i) => i);
  const batch = { size: 2, x: dataset.subarray(10, 14), y: Int32Array.of(1, 0) };
  const arrived = send(parcelBatch(batch));
  expect(arrived).toEqual({ size: 2, x: Float32Array.of(10, 11, 12, 13), y: Int32Array.of(1, 0) });
  expect(arrived.x.buffer.byteLength).toBe(16);
  expect([...batch.x, ...batch.y]).toEqual([10, 11, 12, 13, 1, 0]);
});

it('a state is sent in its own types and stays with the caller', () => {
  const state = {
    weights: { shape: [2], data: Float32Array.of(1, 2) },
    counts: { shape: [1], data: Float64Array.of(2 ** 40) },
  };
  expect(send(parcelState(state))).toEqual(state);
  expect(state.weights.data).toHaveLength(2);
});
