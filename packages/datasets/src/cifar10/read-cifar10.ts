import { join } from 'node:path';
import { dataCorrupt } from '../files/data-corrupt.js';
import { readDataFile } from '../files/read-data-file.js';
import type { ImageSet } from '../images/image-set.js';

const SIDE = 32;
const PLANE = SIDE * SIDE;
const CHANNELS = 3;
/** One label byte, then the red, green and blue planes, row by row. */
export const RECORD_BYTES = 1 + CHANNELS * PLANE;
export const CLASS_NAMES = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;

/**
 * Reads files of the binary version, one after another, as one set. Any whole number of records per file is taken.
 * Throws `DATASET_NOT_FOUND` where a file can't be read, `DATASET_CORRUPT` with file and offset for a record that is cut
 * off or a label that is none of 0 to 9.
 */
export async function readCifar10(folder: string, names: readonly string[], signal?: AbortSignal): Promise<ImageSet> {
  const files: Buffer[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const bytes = await readDataFile(path, signal);
    checkRecords(path, bytes);
    files.push(bytes);
  }

  const size = files.reduce((sum, { length }) => sum + length / RECORD_BYTES, 0);
  const images: ImageSet = {
    shape: [SIDE, SIDE, CHANNELS],
    pixels: new Uint8Array(size * PLANE * CHANNELS),
    labels: new Int32Array(size),
  };
  let position = 0;
  for (const bytes of files) {
    for (let offset = 0; offset < bytes.length; offset += RECORD_BYTES) copyRecord(bytes, offset, images, position++);
  }
  return images;
}

function checkRecords(path: string, bytes: Buffer): void {
  const whole = Math.floor(bytes.length / RECORD_BYTES);
  if (bytes.length === 0) throw dataCorrupt(path, 'the file is empty', { offset: 0 });
  if (bytes.length !== whole * RECORD_BYTES) {
    const present = bytes.length - whole * RECORD_BYTES;
    const problem = `record ${whole} ends after ${present} of ${RECORD_BYTES} bytes (the file has ${bytes.length})`;
    throw dataCorrupt(path, problem, { offset: whole * RECORD_BYTES });
  }
  for (let offset = 0; offset < bytes.length; offset += RECORD_BYTES) {
    if (bytes[offset] >= CLASS_NAMES.length) {
      throw dataCorrupt(path, `label ${bytes[offset]} is none of the ten classes 0 to 9`, { offset });
    }
  }
}

function copyRecord(bytes: Buffer, offset: number, { pixels, labels }: ImageSet, position: number): void {
  labels[position] = bytes[offset];
  const target = position * PLANE * CHANNELS;
  for (let channel = 0; channel < CHANNELS; channel++) {
    const plane = offset + 1 + channel * PLANE;
    for (let i = 0; i < PLANE; i++) pixels[target + i * CHANNELS + channel] = bytes[plane + i];
  }
}
