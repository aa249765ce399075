import { relativeError } from './rounding.js';

/**
 * Of Winograd's algorithm F(4, 3) (Lavin & Gray 2016, section 4.3) along one axis, by the kernel's taps: Σ over points and inputs of
 * |output transform|·|kernel transform|·|input transform|, for the output where it is largest. F(2, 3) has less for each tap.
 */
const AMPLIFICATION = [22 / 3, 34 / 3, 88 / 3] as const;

/** Products of the three transforms in two dimensions, 36 + 9 + 36, and roundings of their coefficients. */
const TRANSFORMS = 96;

/**
 * By how much an output computed by Winograd's algorithm may differ, per channel: its products do not stay with the pixels under the
 * kernel, so inputs that the exact output does not depend on leave rounding errors in it.
 * @param kernel [3, 3, in, out]
 * @param magnitudes largest |x| of each input channel
 */
export function winogradErrors(kernel: ArrayLike<number>, magnitudes: Float64Array, filters: number): Float64Array {
  const errors = new Float64Array(filters);
  const inputs = magnitudes.length;
  for (let tap = 0; tap < 9; tap++) {
    const amplification = AMPLIFICATION[Math.floor(tap / 3)] * AMPLIFICATION[tap % 3];
    for (let c = 0; c < inputs; c++) {
      const size = amplification * magnitudes[c];
      const from = (tap * inputs + c) * filters;
      for (let out = 0; out < filters; out++) errors[out] += size * Math.abs(kernel[from + out]);
    }
  }
  const relative = relativeError(inputs + TRANSFORMS);
  return errors.map((size) => relative * size);
}
