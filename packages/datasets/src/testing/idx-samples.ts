import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** An IDX file of bytes. */
export function idxFile(dimensions: readonly number[], values: Iterable<number>): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.writeUInt32BE(0x0800 + dimensions.length, 0);
  dimensions.forEach((dimension, i) => header.writeUInt32BE(dimension, 4 + 4 * i));
  return Buffer.concat([header, Uint8Array.from(values)]);
}

/** A data set of 20 training and 10 test images of 2×3 pixels: pixel j of image i is 10·i + j. Training files are gzipped. */
export async function writeIdx(folder: string): Promise<void> {
  for (const [name, size] of [
    ['train', 20],
    ['t10k', 10],
  ] as const) {
    const pixels = Array.from({ length: size * 6 }, (_, k) => 10 * Math.floor(k / 6) + (k % 6));
    const labels = Array.from({ length: size }, (_, i) => i % 10);
    const stored = (bytes: Buffer): Buffer => (name === 'train' ? gzipSync(bytes) : bytes);
    const ending = name === 'train' ? '.gz' : '';
    await writeFile(join(folder, `${name}-images-idx3-ubyte${ending}`), stored(idxFile([size, 2, 3], pixels)));
    await writeFile(join(folder, `${name}-labels-idx1-ubyte${ending}`), stored(idxFile([size], labels)));
  }
}
