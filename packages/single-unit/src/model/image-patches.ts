import type { Random } from '@reluctant/core';

/** Images of one shape, as data sets have them: one after the other, each row by row with its channels last. */
export interface Images {
  readonly values: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Square parts of images at random places, as vectors for the option `patches`: what a unit of a convolution with such a kernel
 * sees of them (at the first layer, without padding).
 *
 * @param size rows and columns of a patch, at most those of an image
 * @param count number of patches, drawn with replacement
 * @returns vectors of size · size · channels numbers, channels last
 */
export function imagePatches(images: Images, size: number, count: number, random: Random): number[][] {
  const { values, height, width, channels } = images;
  const pixels = height * width * channels;
  const number = Math.floor(values.length / pixels);
  return Array.from({ length: count }, () => {
    const image = random.integer(number) * pixels;
    const top = random.integer(height - size + 1);
    const left = random.integer(width - size + 1);
    const patch: number[] = [];
    for (let row = top; row < top + size; row++) {
      const start = image + (row * width + left) * channels;
      for (let i = 0; i < size * channels; i++) patch.push(values[start + i]);
    }
    return patch;
  });
}
