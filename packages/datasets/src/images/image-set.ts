/** Labelled 8-bit images, all of one shape. */
export interface ImageSet {
  /** [H, W, C] of one image. */
  readonly shape: readonly [number, number, number];
  /** [N, H, W, C], values 0 to 255. */
  readonly pixels: Uint8Array;
  /** [N] class indices. */
  readonly labels: Int32Array;
}

/** Bytes of one image: H · W · C. */
export function imageBytes(shape: ImageSet['shape']): number {
  return shape[0] * shape[1] * shape[2];
}

/** A copy of the images at `indices`, in that order; the set itself where the indices are all of it in its own order. */
export function pickImages(images: ImageSet, indices: Uint32Array): ImageSet {
  if (indices.length === images.labels.length && indices.every((index, position) => index === position)) return images;
  const bytes = imageBytes(images.shape);
  const pixels = new Uint8Array(indices.length * bytes);
  const labels = new Int32Array(indices.length);
  indices.forEach((index, position) => {
    pixels.set(images.pixels.subarray(index * bytes, (index + 1) * bytes), position * bytes);
    labels[position] = images.labels[index];
  });
  return { shape: images.shape, pixels, labels };
}
