import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomImages } from '../testing/random-images.js';
import { WHOLE_IMAGE, type View } from './augmentation.js';
import { copyImage } from './copy-image.js';
import { imageBytes, type ImageSet } from './image-set.js';
import { normalizationTable } from './normalization.js';

const views = fc.record({
  height: fc.integer({ min: 1, max: 6 }),
  width: fc.integer({ min: 1, max: 6 }),
  channels: fc.constantFrom(1, 2, 3, 4),
  top: fc.integer({ min: -7, max: 7 }),
  left: fc.integer({ min: -7, max: 7 }),
  flipped: fc.boolean(),
});

function setup(height: number, width: number, channels: number): { images: ImageSet; table: Float32Array } {
  const images = randomImages(1, [height, width, channels]);
  const normalization = { mean: new Array<number>(channels).fill(0.4), std: new Array<number>(channels).fill(0.3) };
  return { images, table: normalizationTable(normalization) };
}

function copied(images: ImageSet, table: Float32Array, view: View): Float32Array {
  const target = new Float32Array(imageBytes(images.shape));
  copyImage({ array: images.pixels, offset: 0 }, { array: target, offset: 0 }, images.shape, table, view);
  return target;
}

/** The definition, step by step: normalise, pad with zeros, cut the window out, mirror. */
function padCropFlip({ shape, pixels }: ImageSet, { top, left, flipped }: View): number[] {
  const [height, width, channels] = shape;
  const pad = 8;
  const padded = Array.from({ length: height + 2 * pad }, () =>
    Array.from({ length: width + 2 * pad }, () => new Array<number>(channels).fill(0)),
  );
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const start = (y * width + x) * channels;
      padded[y + pad][x + pad] = [...pixels.subarray(start, start + channels)].map((byte) => (byte / 255 - 0.4) / 0.3);
    }
  }
  const window = padded.slice(pad + top, pad + top + height).map((row) => row.slice(pad + left, pad + left + width));
  return window.map((row) => (flipped ? row.reverse() : row)).flat(2);
}

describe('copyImage', () => {
  it('equals padding, cropping and mirroring done one after another', () => {
    fc.assert(
      fc.property(views, ({ height, width, channels, ...view }) => {
        const { images, table } = setup(height, width, channels);
        const expected = Float32Array.from(padCropFlip(images, view));
        expect(copied(images, table, view)).toEqual(expected);
      }),
    );
  });

  it('mirrored twice is the image itself', () => {
    fc.assert(
      fc.property(views, ({ height, width, channels }) => {
        const { images, table } = setup(height, width, channels);
        const row = width * channels;
        const mirrored = copied(images, table, { ...WHOLE_IMAGE, flipped: true });
        const again = Array.from(mirrored, (_, i) => {
          const inRow = i % row;
          const x = Math.floor(inRow / channels);
          return mirrored[i - inRow + (width - 1 - x) * channels + (inRow % channels)];
        });
        expect(Float32Array.from(again)).toEqual(copied(images, table, WHOLE_IMAGE));
      }),
    );
  });

  it('reads and writes at the given offsets only', () => {
    const images = randomImages(3, [2, 2, 3]);
    const table = normalizationTable({ mean: [0, 0, 0], std: [1, 1, 1] });
    const target = new Float32Array(36).fill(9);
    copyImage({ array: images.pixels, offset: 12 }, { array: target, offset: 24 }, images.shape, table, WHOLE_IMAGE);
    expect([...target.subarray(0, 24)]).toEqual(new Array(24).fill(9));
    expect(target.subarray(24)).toEqual(Float32Array.from(images.pixels.subarray(12, 24), (byte) => byte / 255));
  });
});
