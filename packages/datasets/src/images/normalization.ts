import type { ImageSet } from './image-set.js';

/** Per-channel constants of (x/255 − mean) / std. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * Mean and population standard deviation of x/255, channel by channel, over all pixels of all images. Computed from exact
 * counts of the 256 values. A channel that is constant gets std 1, so that it becomes all zeros.
 */
export function measureNormalization(images: ImageSet): Normalization {
  const channels = images.shape[2];
  const counts = new Float64Array(channels * 256);
  const { pixels } = images;
  for (let i = 0; i < pixels.length; i += channels) {
    for (let c = 0; c < channels; c++) counts[c * 256 + pixels[i + c]]++;
  }

  const mean: number[] = [];
  const std: number[] = [];
  const total = pixels.length / channels;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let value = 0; value < 256; value++) sum += counts[c * 256 + value] * value;
    const centre = sum / total;
    let squares = 0;
    for (let value = 0; value < 256; value++) squares += counts[c * 256 + value] * (value - centre) ** 2;
    mean.push(centre / 255);
    std.push(squares === 0 ? 1 : Math.sqrt(squares / total) / 255);
  }
  return { mean, std };
}

/** Normalised value of every byte of every channel: [C, 256]. */
export function normalizationTable({ mean, std }: Normalization): Float32Array {
  return Float32Array.from({ length: mean.length * 256 }, (_, i) => {
    const channel = i >> 8;
    return ((i & 255) / 255 - mean[channel]) / std[channel];
  });
}
