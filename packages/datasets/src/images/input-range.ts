import type { InputRange } from '@reluctant/core';
import type { Augmentation } from './augmentation.js';
import { normalizationTable, type Normalization } from './normalization.js';

/** Where every normalised pixel of 8-bit images lies, channel by channel, to the last bit. A crop brings in the zeros of its padding. */
export function inputRange(normalization: Normalization, augmentation?: Augmentation): InputRange {
  const table = normalizationTable(normalization);
  const padding = (augmentation?.crop ?? 0) > 0 ? [0] : [];
  const extremes = normalization.mean.map((_, channel) => [
    table[channel << 8],
    table[(channel << 8) | 255],
    ...padding,
  ]);
  return {
    lower: extremes.map((values) => Math.min(...values)),
    upper: extremes.map((values) => Math.max(...values)),
  };
}
