import type { Operation, Shape } from '@reluctant/core';
import { emptyBounds, type Bounds } from './bounds.js';
import { relativeError, roundDown, roundUp, underflow } from './rounding.js';

type Windows = Pick<Extract<Operation, { op: 'maxPool' }>, 'size' | 'strides' | 'padding'>;

/** The largest of a window; padding never is. */
export function maxPoolBounds(windows: Windows, [input]: readonly Bounds[], shape: Shape): Bounds {
  const output = emptyBounds(shape);
  output.lower.fill(-Infinity);
  output.upper.fill(-Infinity);
  forEachPixel(windows, input.shape, shape, (from, to) => {
    output.lower[to] = Math.max(output.lower[to], input.lower[from]);
    output.upper[to] = Math.max(output.upper[to], input.upper[from]);
  });
  return output;
}

/** The mean of a window; padding does not count. */
export function averagePoolBounds(windows: Windows, [input]: readonly Bounds[], shape: Shape): Bounds {
  const output = emptyBounds(shape);
  const counts = new Float64Array(output.upper.length);
  forEachPixel(windows, input.shape, shape, (from, to) => {
    output.lower[to] += roundDown(input.lower[from], averageError(windows));
    output.upper[to] += roundUp(input.upper[from], averageError(windows));
    counts[to]++;
  });
  for (let i = 0; i < counts.length; i++) {
    output.lower[i] = output.lower[i] / counts[i] - underflow(output.lower[i], counts[i] + 1);
    output.upper[i] = output.upper[i] / counts[i] + underflow(output.upper[i], counts[i] + 1);
  }
  return output;
}

export function globalAveragePoolBounds(inputs: readonly Bounds[], shape: Shape): Bounds {
  const [height, width] = inputs[0].shape;
  const padding = { top: 0, bottom: 0, left: 0, right: 0 };
  return { ...averagePoolBounds({ size: [height, width], strides: [1, 1], padding }, inputs, [1, 1, ...shape]), shape };
}

/** Sums of all pixels, times a factor or over a count that may be rounded itself. */
function averageError({ size }: Windows): number {
  return relativeError(size[0] * size[1] + 3);
}

/** Visits every pixel of every window that lies inside the map, channel by channel, with its offset and that of the window's output. */
function forEachPixel(
  { size, strides, padding }: Windows,
  [height, width, channels]: Shape,
  [outHeight, outWidth]: Shape,
  visit: (from: number, to: number) => void,
): void {
  for (let row = 0; row < outHeight; row++) {
    for (let column = 0; column < outWidth; column++) {
      const to = (row * outWidth + column) * channels;
      const [top, left] = [row * strides[0] - padding.top, column * strides[1] - padding.left];
      for (let y = Math.max(top, 0); y < Math.min(top + size[0], height); y++) {
        for (let x = Math.max(left, 0); x < Math.min(left + size[1], width); x++) {
          const from = (y * width + x) * channels;
          for (let c = 0; c < channels; c++) visit(from + c, to + c);
        }
      }
    }
  }
}
