import { describe, expect, it } from 'vitest';
import { filterPicture, imagePicture } from './picture.js';

const bytesOf = (picture: { readonly rgb: string } | undefined) => [...Buffer.from(picture!.rgb, 'base64')];

describe('imagePicture', () => {
  it('undoes the normalisation of each channel, and cuts off what can’t be shown', () => {
    const dataset = { inputShape: [1, 2, 3], normalization: { mean: [0.5, 0, 1], std: [0.5, 1, 2] } } as const;
    // 0.5, 0.2, 1 − 0.8; and what lies above and below.
    expect(bytesOf(imagePicture(Float32Array.of(0, 0.2, -0.4, 3, -1, 0), dataset))).toEqual([128, 51, 51, 255, 0, 255]);
  });

  it('shows one channel as grey, and no other number but three', () => {
    const normalization = { mean: [0, 0], std: [1, 1] };
    expect(bytesOf(imagePicture(Float32Array.of(0.4), { inputShape: [1, 1, 1], normalization }))).toEqual([
      102, 102, 102,
    ]);
    expect(imagePicture(Float32Array.of(0, 0), { inputShape: [1, 1, 2], normalization })).toBeUndefined();
  });

  it('makes large images smaller by averages', () => {
    const dataset = { inputShape: [128, 129, 1], normalization: { mean: [0], std: [1] } } as const;
    const x = Float32Array.from({ length: 128 * 129 }, (_, index) => (index % 129) / 255);
    const picture = imagePicture(x, dataset)!;
    expect([picture.width, picture.height]).toEqual([43, 42]);
    expect(
      bytesOf(picture)
        .filter((_, index) => index % 3 === 0)
        .slice(0, 43),
    ).toEqual(Array.from({ length: 43 }, (_, column) => 3 * column + 1));
  });
});

describe('filterPicture', () => {
  it('shows 0 as grey, and the farthest weight as the darkest or brightest', () => {
    // [1, 2, 3, 2]: two places, three channels, two filters.
    const data = Float32Array.from([0, 9, 1, 9, -2, 9, 2, 9, 0, 9, -1, 9]);
    const kernel = { shape: [1, 2, 3, 2], data };
    expect(bytesOf(filterPicture(kernel, 0))).toEqual([128, 191, 0, 255, 128, 64]);
    expect(bytesOf(filterPicture(kernel, 1))).toEqual(Array(6).fill(255));
    expect(bytesOf(filterPicture({ shape: [1, 1, 1, 1], data: Float32Array.of(0) }, 0))).toEqual([128, 128, 128]);
    expect(filterPicture({ shape: [1, 1, 4, 1], data: new Float32Array(4) }, 0)).toBeUndefined();
  });
});
