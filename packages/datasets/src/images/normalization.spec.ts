import { describe, expect, it } from 'vitest';
import { randomImages } from '../testing/random-images.js';
import { measureNormalization, normalizationTable } from './normalization.js';

describe('measureNormalization', () => {
  it('agrees with mean and population standard deviation computed by their definitions', () => {
    const images = randomImages(7, [5, 4, 3]);
    const { mean, std } = measureNormalization(images);
    for (let channel = 0; channel < 3; channel++) {
      const values = [...images.pixels].filter((_, i) => i % 3 === channel).map((value) => value / 255);
      const expectedMean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - expectedMean) ** 2, 0) / values.length;
      expect(mean[channel]).toBeCloseTo(expectedMean, 12);
      expect(std[channel]).toBeCloseTo(Math.sqrt(variance), 12);
    }
  });

  it('gives a constant channel the standard deviation 1', () => {
    const pixels = new Uint8Array(2 * 3 * 3).fill(51);
    const images = { shape: [3, 3, 1], pixels, labels: Int32Array.of(0, 1) } as const;
    expect(measureNormalization(images)).toEqual({ mean: [0.2], std: [1] });
  });
});

describe('normalizationTable', () => {
  it('holds (x/255 − mean) / std for every byte of every channel', () => {
    const table = normalizationTable({ mean: [0.5, 0.25], std: [0.5, 2] });
    expect(table).toHaveLength(512);
    expect(table[0]).toBe(-1);
    expect(table[255]).toBe(1);
    expect(table[256 + 51]).toBeCloseTo((0.2 - 0.25) / 2, 7);
  });
});
