import { describe, expect, it } from 'vitest';
import { digestImages } from './digest-images.js';

const images = {
  shape: [2, 2, 1],
  pixels: Uint8Array.of(0, 1, 2, 3, 252, 253, 254, 255),
  labels: Int32Array.of(3, 9),
} as const;

describe('digestImages', () => {
  it('is the SHA-256 of size, shape, pixels and labels', () => {
    // python3: hashlib.sha256(struct.pack('<4i', 2, 2, 2, 1) + bytes([0, 1, 2, 3, 252, 253, 254, 255]) + struct.pack('<2i', 3, 9))
    expect(digestImages(images)).toBe('b3b9b732316ef3e8d7a00478536ce491019f49391ea42aa245bb64f5a1a3e66c');
  });

  it('changes with a pixel, a label, the shape and the order of the sets', () => {
    const other = { ...images, pixels: images.pixels.with(0, 1) };
    const variants = [
      digestImages(images, other),
      digestImages(other, images),
      digestImages(other),
      digestImages({ ...images, labels: Int32Array.of(3, 8) }),
      digestImages({ ...images, shape: [1, 4, 1] }),
      digestImages(images),
    ];
    expect(new Set(variants).size).toBe(variants.length);
  });
});
