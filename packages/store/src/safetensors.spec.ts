import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedArray } from '@reluctant/core';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

/** Any bits at all: NaN payloads, denormals, negative zeros. */
const array: fc.Arbitrary<NamedArray> = fc
  .record({
    shape: fc.array(fc.nat(4), { maxLength: 4 }),
    type: fc.constantFrom(Float32Array, Float64Array, Int32Array),
  })
  .chain(({ shape, type }) => {
    const bytes = shape.reduce((a, b) => a * b, 1) * type.BYTES_PER_ELEMENT;
    return fc
      .uint8Array({ minLength: bytes, maxLength: bytes })
      .map((content) => ({ shape, data: new type(new Uint8Array(content).buffer) }));
  });
const name = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', '0', 'a/b', ''))
  .filter((s) => s !== '__metadata__');
const arrays = fc.dictionary(name, array, { maxKeys: 6, noNullPrototype: true });
const metadata = fc.dictionary(
  fc.string().filter((key) => key !== 'crc32'),
  fc.string({ unit: 'grapheme' }),
  { maxKeys: 4, noNullPrototype: true },
);

function bitsOf(record: Readonly<Record<string, NamedArray>>) {
  return Object.entries(record).map(([key, { shape, data }]) => [
    key,
    shape,
    data.constructor,
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex'),
  ]);
}

function fileOf(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, data]);
}

describe('encodeSafetensors', () => {
  it('gives arrays and metadata back bit for bit', () => {
    fc.assert(
      fc.property(arrays, metadata, (arrays, metadata) => {
        const decoded = decodeSafetensors(Buffer.concat(encodeSafetensors({ arrays, metadata })));
        expect(bitsOf(decoded.arrays)).toEqual(bitsOf(arrays));
        expect(decoded.metadata).toStrictEqual(metadata);
      }),
    );
  });

  it('writes the layout that the format prescribes', () => {
    const file = Buffer.concat(
      encodeSafetensors({
        arrays: { w: { shape: [1, 2], data: Float32Array.of(1, -2) }, n: { shape: [], data: Float64Array.of(0.5) } },
        metadata: { step: '3' },
      }),
    );
    const data = Buffer.from('000000000000e03f' + '0000803f' + '000000c0', 'hex');
    const headerLength = Number(file.readBigUInt64LE());
    expect(headerLength % 8).toBe(0);
    expect(JSON.parse(file.toString('utf8', 8, 8 + headerLength))).toEqual({
      __metadata__: { step: '3', crc32: crc32(data).toString(16) },
      w: { dtype: 'F32', shape: [1, 2], data_offsets: [8, 16] },
      n: { dtype: 'F64', shape: [], data_offsets: [0, 8] },
    });
    expect(file.subarray(8 + headerLength)).toEqual(data);
  });

  it('refuses data that does not fill its shape, and the reserved name', () => {
    const refused = (name: string, shape: number[]) => () =>
      encodeSafetensors({ arrays: { [name]: { shape, data: new Float32Array(3) } }, metadata: {} });
    expect(refused('w', [2, 2])).toThrow(/"w".*3 elements.*\[2, 2\]/);
    expect(refused('__metadata__', [3])).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
  });
});

describe('decodeSafetensors', () => {
  it('reads a file that another library would write', () => {
    const header = '{"w":{"dtype":"I32","shape":[2],"data_offsets":[0,8]}}   ';
    const { arrays, metadata } = decodeSafetensors(fileOf(header, new Uint8Array(Int32Array.of(5, -6).buffer)));
    expect(arrays).toStrictEqual({ w: { shape: [2], data: Int32Array.of(5, -6) } });
    expect(metadata).toEqual({});
  });

  it('reports a file that was cut off or changed anywhere, and never returns part of it', () => {
    const file = Buffer.concat(
      encodeSafetensors({ arrays: { w: { shape: [4], data: Float32Array.of(1, 2, 3, 4) } }, metadata: { step: '1' } }),
    );
    const corrupt = expect.objectContaining({ code: 'RUN_CORRUPT' });
    for (let length = 0; length < file.length; length++) {
      expect(() => decodeSafetensors(file.subarray(0, length))).toThrow(corrupt);
    }
    for (let i = file.length - 16; i < file.length; i++) {
      const changed = Buffer.from(file);
      changed[i] ^= 1;
      expect(() => decodeSafetensors(changed)).toThrow(/check sum/);
    }
    expect(() => decodeSafetensors(Buffer.concat([file, Buffer.alloc(1)]))).toThrow(corrupt);
  });

  it('reads any bytes without an error of another kind', () => {
    const entry = fc.record({
      dtype: fc.constantFrom('F32', 'F64', 'I32', 'BF16', 'constructor', 7),
      shape: fc.oneof(fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 2 }), fc.constant(null)),
      data_offsets: fc.oneof(
        fc.tuple(fc.integer({ min: -4, max: 40 }), fc.integer({ min: -4, max: 40 })),
        fc.constant([0]),
      ),
    });
    const header = fc.dictionary(fc.constantFrom('a', 'b', '__metadata__'), fc.oneof(entry, fc.jsonValue()));
    const files = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .tuple(fc.oneof(header, fc.string()), fc.uint8Array({ maxLength: 40 }))
        .map(([head, data]) => fileOf(head, data)),
    );
    fc.assert(
      fc.property(files, (bytes) => {
        try {
          decodeSafetensors(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'RUN_CORRUPT' });
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [
      { w: { dtype: 'F32', shape: [1], data_offsets: [0, 4] }, v: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } },
      4,
      /overlaps/,
    ],
    [{ w: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } }, 8, /gap/],
    [{ w: { dtype: 'F16', shape: [1], data_offsets: [0, 2] } }, 2, /dtype "F16"/],
    [{ w: { dtype: 'F32', shape: [2], data_offsets: [0, 4] } }, 4, /size of its shape/],
    [{ __metadata__: { step: 1 } }, 0, /metadata/],
    [[], 0, /not a JSON object/],
  ])('says what is wrong with %j', (header, size, message) => {
    expect(() => decodeSafetensors(fileOf(header, new Uint8Array(size)))).toThrow(message);
  });
});
