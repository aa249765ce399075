import { Random } from '@reluctant/core';
import { expect, it } from 'vitest';
import { winogradErrors } from './winograd.js';

// F(2, 3) and F(4, 3) of Lavin & Gray 2016, sections 4.1 and 4.3.
const ALGORITHMS = [
  {
    input: [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]], // prettier-ignore
    kernel: [[1, 0, 0], [1 / 2, 1 / 2, 1 / 2], [1 / 2, -1 / 2, 1 / 2], [0, 0, 1]], // prettier-ignore
    output: [[1, 1, 1, 0], [0, 1, -1, -1]], // prettier-ignore
  },
  {
    input: [[4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0], [0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1]], // prettier-ignore
    kernel: [[1 / 4, 0, 0], [-1 / 6, -1 / 6, -1 / 6], [-1 / 6, 1 / 6, -1 / 6], [1 / 24, 1 / 12, 1 / 6], [1 / 24, -1 / 12, 1 / 6], [0, 0, 1]], // prettier-ignore
    output: [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]], // prettier-ignore
  },
];

type Matrix = readonly (readonly number[])[];

const f = Math.fround;
const transposed = (a: Matrix): Matrix => a[0].map((_, j) => a.map((row) => row[j]));
/** In float32, term by term. */
const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => f(sum + f(f(value) * b[k][j])), 0)));
/** t · m · tᵀ */
const both = (t: Matrix, m: Matrix): Matrix => product(product(t, m), transposed(t));

it.each(ALGORITHMS.map((algorithm) => [algorithm.output.length, algorithm] as const))(
  'the rounding errors of F(%i, 3) in float32 stay below the bound',
  (tile, { input, kernel, output }) => {
    const random = new Random(2, 'winograd', tile);
    let nearest = 0;
    for (let attempt = 0; attempt < 60; attempt++) {
      const inputs = 1 + random.integer(12);
      const square = (size: number, value: () => number) =>
        Array.from({ length: size }, () => Array.from({ length: size }, value));
      // Outputs near 0 beside large inputs that they do not depend on: all that is left of those is rounding.
      const maps = Array.from({ length: inputs }, () => square(tile + 2, () => f(random.uniform() ** 4 * 9)));
      const kernels = Array.from({ length: inputs }, () => square(3, () => f(random.normal())));
      const products = maps.map((map, c) => {
        const [d, g] = [both(input, map), both(kernel, kernels[c])];
        return d.map((row, i) => row.map((value, j) => f(value * g[i][j])));
      });
      const sums = products.reduce((a, b) => a.map((row, i) => row.map((value, j) => f(value + b[i][j]))));
      const computed = both(output, sums);
      const magnitudes = Float64Array.from(maps, (map) => Math.max(...map.flat()));
      const flat = [0, 1, 2].flatMap((i) => [0, 1, 2].flatMap((j) => kernels.map((g) => g[i][j])));
      const [bound] = winogradErrors(flat, magnitudes, 1);
      for (let y = 0; y < tile; y++) {
        for (let x = 0; x < tile; x++) {
          let exact = 0;
          for (let c = 0; c < inputs; c++) {
            for (let k = 0; k < 9; k++) {
              const [i, j] = [Math.floor(k / 3), k % 3];
              exact += maps[c][y + i][x + j] * kernels[c][i][j];
            }
          }
          const error = Math.abs(computed[y][x] - exact);
          expect(error).toBeLessThanOrEqual(bound);
          nearest = Math.max(nearest, error / bound);
        }
      }
    }
    // Worst cases are rare, but a bound that is never approached at all would be none of this algorithm.
    expect(nearest).toBeGreaterThan(1e-6);
  },
);

it.each([0, 1, 2])('allows each tap its largest amplification: tap %i', (tap) => {
  // Along one axis: Σ over points and inputs of |output|·|kernel|·|input|, for the output where it is largest.
  const amplification = ({ input, kernel, output }: (typeof ALGORITHMS)[0]) =>
    Math.max(
      ...output.map((row) =>
        row.reduce(
          (sum, value, point) =>
            sum + Math.abs(value * kernel[point][tap]) * input[point].reduce((all, entry) => all + Math.abs(entry), 0),
          0,
        ),
      ),
    );
  const kernelWith = (place: number) => Array.from({ length: 9 }, (_, i) => Number(i === place));
  const errorOf = (place: number) => winogradErrors(kernelWith(place), Float64Array.of(1), 1)[0];
  const [small, large] = ALGORITHMS.map(amplification);
  expect(small).toBeLessThanOrEqual(large);
  // The first tap of the other axis has 22/3.
  expect(errorOf(tap * 3) / errorOf(0)).toBeCloseTo(large / (22 / 3), 12);
  expect(errorOf(tap) / errorOf(0)).toBeCloseTo(large / (22 / 3), 12);
});
