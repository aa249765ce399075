import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Convolution } from '../conv2d.js';
import type { Matrix } from './matrix.js';
import { winogradTransforms } from './winograd-transforms.js';

const extent = fc.integer({ min: 3, max: 13 });
const pad = fc.integer({ min: 0, max: 3 });
const numbers = (length: number) => fc.array(fc.integer({ min: -8, max: 8 }), { minLength: length, maxLength: length });

const shapes = fc
  .record({
    height: extent,
    width: extent,
    top: pad,
    left: pad,
    bottom: pad,
    right: pad,
    batch: fc.constantFrom(1, 64),
  })
  .map(({ height, width, batch, ...padding }): Convolution => ({
    batch,
    input: [height, width, 1],
    output: [height + padding.top + padding.bottom - 2, width + padding.left + padding.right - 2, 1],
    kernel: [3, 3],
    strides: [1, 1],
    dilation: [1, 1],
    padding,
  }));

/** a · x · bᵀ for a map x of as many rows and columns as the matrices have columns. */
function transform(a: Matrix, b: Matrix, x: readonly number[]): number[] {
  return Array.from({ length: a.rows * b.rows }, (_, i) => {
    const [row, column] = [Math.floor(i / b.rows), i % b.rows];
    let sum = 0;
    for (let j = 0; j < a.columns; j++) {
      for (let k = 0; k < b.columns; k++) {
        sum += a.data[row * a.columns + j] * b.data[column * b.columns + k] * x[j * b.columns + k];
      }
    }
    return sum;
  });
}

/** By definition. */
function convolved({ input, output, padding }: Convolution, x: readonly number[], w: readonly number[]): number[] {
  const [height, width] = input;
  return Array.from({ length: output[0] * output[1] }, (_, place) => {
    const [row, column] = [Math.floor(place / output[1]) - padding.top, (place % output[1]) - padding.left];
    return w.reduce((sum, weight, tap) => {
      const [y, z] = [row + Math.floor(tap / 3), column + (tap % 3)];
      return y < 0 || y >= height || z < 0 || z >= width ? sum : sum + weight * x[y * width + z];
    }, 0);
  });
}

describe('Winograd transforms', () => {
  it('give what a convolution gives, for any map and padding', () => {
    const cases = shapes.chain((of) => fc.tuple(fc.constant(of), numbers(of.input[0] * of.input[1]), numbers(9)));
    fc.assert(
      fc.property(cases, ([of, x, w]) => {
        const { points, rows, columns, kernel } = winogradTransforms(of);
        const weights = Array.from({ length: points * points }, (_, i) =>
          w.reduce((sum, weight, tap) => sum + kernel.data[i * 9 + tap] * weight, 0),
        );
        const across = points * columns.tiles;
        const products = transform(rows.input, columns.input, x).map((value, i) => {
          const [u, v] = [Math.floor(Math.floor(i / across) / rows.tiles), Math.floor((i % across) / columns.tiles)];
          return value * weights[u * points + v];
        });
        const y = transform(rows.output, columns.output, products);
        convolved(of, x, w).forEach((expected, i) => expect(y[i]).toBeCloseTo(expected, 2));
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    [8, 64, 6],
    [4, 64, 4],
    [16, 64, 6],
    [8, 1, 4],
  ])('take large tiles where many of them share a kernel: side %i, batch %i', (side, batch, points) => {
    const padding = { top: 1, left: 1, bottom: 1, right: 1 };
    const map = [side, side, 1];
    const of = { batch, input: map, output: map, kernel: [3, 3], strides: [1, 1], dilation: [1, 1], padding };
    expect(winogradTransforms(of).points).toBe(points);
  });
});
