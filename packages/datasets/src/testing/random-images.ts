import { Random } from '@reluctant/core';
import { imageBytes, type ImageSet } from '../images/image-set.js';

/** Images of random pixels; labels in turn. */
export function randomImages(size: number, shape: ImageSet['shape'], classes = 10, seed = 0): ImageSet {
  const random = new Random(seed);
  return {
    shape,
    pixels: Uint8Array.from({ length: size * imageBytes(shape) }, () => random.integer(256)),
    labels: Int32Array.from({ length: size }, (_, image) => image % classes),
  };
}
