import { configInvalid } from '../config-invalid.js';
import { dataCorrupt } from '../files/data-corrupt.js';
import type { ImageSet } from '../images/image-set.js';
import type { IdxArray } from './read-idx.js';

/**
 * Joins images [N, H, W] and labels [N] into a set of grey images, each in the middle of a black square of `padTo` pixels a
 * side (the extra row or column of an odd difference below and to the right). `padTo` 0 leaves them as they are.
 *
 * Throws `DATASET_CORRUPT` where the counts differ or a label is not below `classes`, `CONFIG_INVALID` where `padTo` is
 * smaller than the images.
 */
export function idxImages(images: IdxArray, labels: IdxArray, classes: number, padTo: number): ImageSet {
  const [size, height, width] = images.dimensions;
  if (labels.dimensions[0] !== size) {
    const problem = `${labels.dimensions[0]} labels for the ${size} images of ${images.path}`;
    throw dataCorrupt(labels.path, problem, { offset: 4 });
  }
  const unknown = labels.values.findIndex((label) => label >= classes);
  if (unknown >= 0) {
    const problem = `label ${labels.values[unknown]} is none of the ${classes} classes (dataset.classes) 0 to ${classes - 1}`;
    throw dataCorrupt(labels.path, problem, { offset: labels.offset + unknown });
  }
  if (padTo !== 0 && padTo < Math.max(height, width)) {
    throw configInvalid(
      'padTo',
      `the images are ${height}×${width}. Give 0 to leave them so, or at least ${Math.max(height, width)}.`,
    );
  }

  const paddedHeight = padTo || height;
  const paddedWidth = padTo || width;
  const top = Math.floor((paddedHeight - height) / 2);
  const left = Math.floor((paddedWidth - width) / 2);
  const pixels = new Uint8Array(size * paddedHeight * paddedWidth);
  for (let image = 0; image < size; image++) {
    for (let y = 0; y < height; y++) {
      const row = images.values.subarray((image * height + y) * width, (image * height + y + 1) * width);
      pixels.set(row, (image * paddedHeight + top + y) * paddedWidth + left);
    }
  }
  return { shape: [paddedHeight, paddedWidth, 1], pixels, labels: Int32Array.from(labels.values) };
}
