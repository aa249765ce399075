import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CIFAR10_FILES } from '../cifar10/cifar10-files.js';
import { RECORD_BYTES } from '../cifar10/read-cifar10.js';

/** Genuine records in the official layout, where this checkout has them. */
export const realCifar10: string | undefined = [
  process.env.RELUCTANT_CIFAR10,
  fileURLToPath(new URL('../../../../../shared/data/cifar10', import.meta.url)),
].find((folder) => folder && existsSync(join(folder, 'test_batch.bin')));

/** Invented records: record i has label i mod 10, and byte j of its pixels is (file + i + j) mod 256. */
export function cifar10Records(file: number, count: number): Buffer {
  const bytes = Buffer.alloc(count * RECORD_BYTES);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < RECORD_BYTES - 1; j++) bytes[i * RECORD_BYTES + 1 + j] = file + i + j;
    bytes[i * RECORD_BYTES] = i % 10;
  }
  return bytes;
}

/** Six files of `count` invented records each. */
export async function writeCifar10(folder: string, count: number): Promise<void> {
  for (const [file, name] of CIFAR10_FILES.entries()) await writeFile(join(folder, name), cifar10Records(file, count));
}
