import { createHash } from 'node:crypto';
import type { ImageSet } from './image-set.js';

/** SHA-256 (hex) of the shapes, sizes, pixels and labels of image sets, in order. */
export function digestImages(...sets: readonly ImageSet[]): string {
  const hash = createHash('sha256');
  for (const { shape, pixels, labels } of sets) {
    hash.update(Int32Array.of(labels.length, ...shape));
    hash.update(pixels);
    hash.update(labels);
  }
  return hash.digest('hex');
}
