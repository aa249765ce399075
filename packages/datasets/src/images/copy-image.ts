import type { View } from './augmentation.js';
import type { ImageSet } from './image-set.js';

/** An image inside an array: where its first value lies. */
export interface Place<A> {
  readonly array: A;
  readonly offset: number;
}

/**
 * Writes one image, normalised, as seen through `view`. Pixels of the window that lie outside the image are left as they
 * are in the target: in a fresh array they are zero, the padding of the normalised image.
 *
 * @param table [C, 256] normalised values, from `normalizationTable`
 */
export function copyImage(
  from: Place<Uint8Array>,
  to: Place<Float32Array>,
  shape: ImageSet['shape'],
  table: Float32Array,
  { top, left, flipped }: View,
): void {
  const [height, width, channels] = shape;
  const firstRow = Math.max(0, -top);
  const endRow = Math.min(height, height - top);
  const firstColumn = Math.max(0, -left);
  const endColumn = Math.min(width, width - left);
  const step = flipped ? -channels : channels;
  const copyRow = channels === 3 ? copyColourRow : copyAnyRow;
  for (let y = firstRow; y < endRow; y++) {
    const s = from.offset + ((y + top) * width + firstColumn + left) * channels;
    const t = to.offset + (y * width + (flipped ? width - 1 - firstColumn : firstColumn)) * channels;
    copyRow(from.array, s, to.array, t, endColumn - firstColumn, step, table);
  }
}

/** Copies `count` pixels from offset `s` to offset `t`, where neighbours lie `step` values apart (negative: mirrored). */
type CopyRow = (
  source: Uint8Array,
  s: number,
  target: Float32Array,
  t: number,
  count: number,
  step: number,
  table: Float32Array,
) => void;

const copyAnyRow: CopyRow = (source, s, target, t, count, step, table) => {
  const channels = Math.abs(step);
  for (let x = 0; x < count; x++, s += channels, t += step) {
    for (let c = 0; c < channels; c++) target[t + c] = table[(c << 8) | source[s + c]];
  }
};

/** Half the time of the general case, measured: this loop is most of what a batch costs. */
const copyColourRow: CopyRow = (source, s, target, t, count, step, table) => {
  for (let x = 0; x < count; x++, s += 3, t += step) {
    target[t] = table[source[s]];
    target[t + 1] = table[256 + source[s + 1]];
    target[t + 2] = table[512 + source[s + 2]];
  }
};
