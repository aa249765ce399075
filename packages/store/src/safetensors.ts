import { crc32 } from 'node:zlib';
import { ReluctantError, type NamedArray, type NamedArrays } from '@reluctant/core';

/**
 * The safetensors format (https://github.com/huggingface/safetensors): the length of the header as an unsigned 64-bit integer,
 * the header as JSON, then the arrays' bytes without gaps; all little-endian, as typed arrays are on every machine Node runs on
 * but IBM Z. The dtypes are those that a `NamedArray` can hold.
 */
const DTYPES = { F32: Float32Array, F64: Float64Array, I32: Int32Array } as const;
type Dtype = keyof typeof DTYPES;

const LENGTH_BYTES = 8;
/** Arrays start at multiples of this, so that other readers can map the file. */
const ALIGNMENT = 8;
const METADATA = '__metadata__';
/** Our addition to the metadata: the format itself has no check sum. */
const CHECKSUM = 'crc32';

export interface Safetensors {
  readonly arrays: NamedArrays;
  readonly metadata: Readonly<Record<string, string>>;
}

interface HeaderEntry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * The pieces of a safetensors file in order; the arrays are views, not copies. Adds the metadata `crc32`, the check sum of the
 * data in hexadecimal. Throws `STORE_FAILED` for an array whose data doesn't fill its shape, and for the reserved name.
 */
export function encodeSafetensors({ arrays, metadata }: Safetensors): Uint8Array[] {
  const views = new Map<string, Uint8Array>();
  for (const [name, { shape, data }] of Object.entries(arrays)) {
    if (name === METADATA)
      throw new ReluctantError('STORE_FAILED', `An array can't be saved under the name "${name}".`);
    if (product(shape) !== data.length) {
      const problem = `has ${data.length} elements, which is not what its shape [${shape.join(', ')}] holds`;
      throw new ReluctantError('STORE_FAILED', `The array "${name}" can't be saved: it ${problem}.`);
    }
    views.set(name, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  // Wide elements first: then every array is aligned without gaps.
  const layout = Object.keys(arrays).sort((a, b) => elementBytes(arrays[b]) - elementBytes(arrays[a]));
  const offsets = new Map<string, [number, number]>();
  let end = 0;
  let checksum = 0;
  for (const name of layout) {
    const view = views.get(name)!;
    offsets.set(name, [end, (end += view.length)]);
    // Node's crc32 starts anew at an empty buffer.
    if (view.length > 0) checksum = crc32(view, checksum);
  }

  const header = Object.fromEntries<unknown>([
    [METADATA, { ...metadata, [CHECKSUM]: checksum.toString(16) }],
    ...Object.entries(arrays).map(([name, array]) => [
      name,
      { dtype: dtypeOf(array), shape: array.shape, data_offsets: offsets.get(name) },
    ]),
  ] as const as [string, unknown][]);
  const text = Buffer.from(JSON.stringify(header));
  const padded = Buffer.alloc(Math.ceil(text.length / ALIGNMENT) * ALIGNMENT, ' ');
  text.copy(padded);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeBigUInt64LE(BigInt(padded.length));
  return [length, padded, ...layout.map((name) => views.get(name)!)];
}

/**
 * Reads what `encodeSafetensors` wrote, or any safetensors file of F32, F64 and I32 arrays; the arrays are copies. Throws
 * `RUN_CORRUPT` saying what is wrong: never returns part of a file, nor reads outside it.
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  if (bytes.length < LENGTH_BYTES) throw corrupt('it is shorter than its length field');
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (headerLength > BigInt(bytes.length - LENGTH_BYTES)) throw corrupt('it ends inside its header');
  const dataStart = LENGTH_BYTES + Number(headerLength);
  const { [METADATA]: metadata = {}, ...entries } = parseHeader(bytes.subarray(LENGTH_BYTES, dataStart));
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw corrupt('its metadata are not strings by name');
  }

  const data = bytes.subarray(dataStart);
  const arrays = Object.entries(entries).map(([name, entry]) => ({ name, ...checkEntry(name, entry) }));
  let end = 0;
  for (const { name, data_offsets } of [...arrays].sort(byOffset)) {
    if (data_offsets[0] !== end) throw corrupt(`the array "${name}" overlaps another or leaves a gap`);
    end = data_offsets[1];
  }
  if (end !== data.length) throw corrupt(`its arrays take ${end} bytes, but it has ${data.length}`);
  const { [CHECKSUM]: checksum, ...rest } = metadata as Record<string, string>;
  if (checksum !== undefined && checksum !== crc32(data).toString(16))
    throw corrupt('its check sum does not match its data');

  return {
    metadata: rest,
    arrays: Object.fromEntries(
      arrays.map(({ name, dtype, shape, data_offsets: [from, to] }) => {
        // A copy: a view of the file could be misaligned, and would keep all of it in memory.
        const own = new Uint8Array(data.subarray(from, to));
        return [name, { shape, data: new DTYPES[dtype](own.buffer) }];
      }),
    ),
  };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw corrupt('its header is not JSON', error);
  }
  if (!isRecord(header)) throw corrupt('its header is not a JSON object');
  return header;
}

function checkEntry(name: string, entry: unknown): HeaderEntry {
  if (!isRecord(entry)) throw corrupt(`the array "${name}" is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPES, dtype)) {
    throw corrupt(
      `the array "${name}" has the dtype ${JSON.stringify(dtype)}, not one of ${Object.keys(DTYPES).join(', ')}`,
    );
  }
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) {
    throw corrupt(`the array "${name}" has no proper shape and offsets`);
  }
  const bytes = product(shape) * DTYPES[dtype as Dtype].BYTES_PER_ELEMENT;
  if (offsets[1] - offsets[0] !== bytes) throw corrupt(`the array "${name}" does not have the size of its shape`);
  return { dtype: dtype as Dtype, shape, data_offsets: [offsets[0], offsets[1]] };
}

function byOffset(a: HeaderEntry, b: HeaderEntry): number {
  return a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1];
}

function dtypeOf({ data }: NamedArray): Dtype {
  if (data instanceof Float32Array) return 'F32';
  return data instanceof Float64Array ? 'F64' : 'I32';
}

function elementBytes({ data }: NamedArray): number {
  return data.BYTES_PER_ELEMENT;
}

function product(shape: readonly number[]): number {
  return shape.reduce((size, dimension) => size * dimension, 1);
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function corrupt(problem: string, cause?: unknown): ReluctantError {
  return new ReluctantError('RUN_CORRUPT', `Not a whole safetensors file: ${problem}.`, { cause });
}
