import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { dataCorrupt } from '../files/data-corrupt.js';
import { readDataFile } from '../files/read-data-file.js';

/** An array of bytes in the IDX format. */
export interface IdxArray {
  readonly path: string;
  readonly dimensions: readonly number[];
  readonly values: Uint8Array;
  /** Where the values start in the (unpacked) file, for messages. */
  readonly offset: number;
}

const UNSIGNED_BYTE = 0x08;
/** Far above any data set that would fit in memory; keeps a small hostile file from unpacking without end. */
const MOST_UNPACKED_BYTES = 2 ** 31;

/**
 * Reads an IDX file of bytes, plain or gzipped (told by its first bytes). The format: two zero bytes, the type of the values,
 * the number of dimensions, each dimension as a big-endian 32-bit integer, the values (http://yann.lecun.com/exdb/mnist/).
 * Throws `DATASET_CORRUPT` naming file and offset (in the unpacked data) where anything is not as it must be.
 */
export async function readIdx(path: string, dimensionCount: number, signal?: AbortSignal): Promise<IdxArray> {
  const stored = await readDataFile(path, signal);
  const bytes = stored[0] === 0x1f && stored[1] === 0x8b ? await unpack(path, stored) : stored;
  return parseIdx(path, bytes, dimensionCount);
}

async function unpack(path: string, stored: Buffer): Promise<Buffer> {
  try {
    return await promisify(gunzip)(stored, { maxOutputLength: MOST_UNPACKED_BYTES });
  } catch (cause) {
    throw dataCorrupt(path, `gzip can't unpack it (${cause instanceof Error ? cause.message : cause})`, { cause });
  }
}

/** The pure part of `readIdx`: parses unpacked bytes. */
export function parseIdx(path: string, bytes: Buffer, dimensionCount: number): IdxArray {
  const headerLength = 4 + 4 * dimensionCount;
  if (bytes.length < headerLength) {
    throw dataCorrupt(path, `the header ends after ${bytes.length} of ${headerLength} bytes`, { offset: bytes.length });
  }
  const magic = bytes.readUInt32BE(0);
  const expected = (UNSIGNED_BYTE << 8) | dimensionCount;
  if (magic !== expected) {
    const shown = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
    throw dataCorrupt(path, `the magic number is ${shown(magic)} instead of ${shown(expected)}`, { offset: 0 });
  }

  const dimensions = Array.from({ length: dimensionCount }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  const empty = dimensions.indexOf(0);
  if (empty >= 0) throw dataCorrupt(path, `dimension ${empty} is 0`, { offset: 4 + 4 * empty });
  const length = dimensions.reduce((product, dimension) => product * dimension, 1);
  if (bytes.length - headerLength !== length) {
    const problem = `${dimensions.join(' × ')} values are announced, but ${bytes.length - headerLength} are there`;
    throw dataCorrupt(path, problem, { offset: Math.min(bytes.length, headerLength + length) });
  }
  return { path, dimensions, values: bytes.subarray(headerLength), offset: headerLength };
}
