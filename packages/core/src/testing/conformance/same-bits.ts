import { expect } from 'vitest';
import type { NamedArrays } from '../../engine/named-arrays.js';

/** Expects equal names, shapes and bits: −0 is not 0, and a NaN equals itself. */
export function expectSameBits(actual: NamedArrays, expected: NamedArrays): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, { shape, data }] of Object.entries(expected)) {
    expect(actual[name].shape, `shape of ${name}`).toEqual(shape);
    expect(bits(actual[name].data).equals(bits(data)), `bits of ${name}`).toBe(true);
  }
}

export function differ(a: NamedArrays, b: NamedArrays): boolean {
  return Object.keys(a).some((name) => !bits(a[name].data).equals(bits(b[name].data)));
}

function bits({ buffer, byteOffset, byteLength }: NamedArrays[string]['data']): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
