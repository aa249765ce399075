import type { Shape } from '@reluctant/core';

/**
 * Between what every element of a node's output lies, for every input in the box, as an engine computes it in float32. Row-major,
 * [H, W, C] or [F]; a whole map, as padding makes borders differ. NaN where nothing is known, as after an overflow.
 */
export interface Bounds {
  readonly shape: Shape;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** How many roundings the sum has gone through into which an engine may have merged what follows: that of a convolution before it. */
  readonly terms: number;
}

/** Bounds of a shape that are to be filled in. */
export function emptyBounds(shape: Shape, terms = 0): Bounds {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return { shape, lower: new Float64Array(size), upper: new Float64Array(size), terms };
}

/** Copies all channels of the pixels of `from`, beginning with `channel` of `to` and displaced by rows and columns. */
export function placeInside(from: Bounds, to: Bounds, { row = 0, column = 0, channel = 0 }): void {
  const [height, width, channels] = asMap(from.shape);
  const [, toWidth, toChannels] = asMap(to.shape);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const start = (y * width + x) * channels;
      const target = ((y + row) * toWidth + x + column) * toChannels + channel;
      to.lower.set(from.lower.subarray(start, start + channels), target);
      to.upper.set(from.upper.subarray(start, start + channels), target);
    }
  }
}

/** [H, W, C]; a vector is a map of one pixel. */
export function asMap(shape: Shape): readonly [number, number, number] {
  return shape.length === 3 ? [shape[0], shape[1], shape[2]] : [1, 1, shape[0]];
}
