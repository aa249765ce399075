import type { Random } from '../random/random.js';
import { drawNormal } from './draw-array.js';

/** √fan_in times the standard deviation of the Gaussian entries: keeps the length of signals through deep ReLU networks. */
const ASYMMETRIC_SIGMA = 0.6007;

/**
 * Randomized asymmetric initialisation (Lu et al. 2019, arXiv 1903.06733, §4): each unit's row [w, b] of fanIn + 1 entries is
 * drawn from N(0, 0.6007² / fan_in), then one entry, chosen uniformly, is replaced by a draw from Beta(2, 1). The positive
 * entry makes a unit less likely to be dead on every input.
 *
 * Returns the kernel, row-major [fanIn, units], and the bias, [units]. A layer that has no bias takes the kernel alone: the share
 * 1 / (fanIn + 1) of its units then goes without a positive entry.
 */
export function drawRandomizedAsymmetric(
  fanIn: number,
  units: number,
  random: Random,
): { readonly kernel: Float32Array; readonly bias: Float32Array } {
  const sigma = ASYMMETRIC_SIGMA / Math.sqrt(fanIn);
  const kernel = drawNormal(fanIn * units, sigma, random);
  const bias = drawNormal(units, sigma, random);
  for (let unit = 0; unit < units; unit++) {
    const entry = random.integer(fanIn + 1);
    // Beta(2, 1) has the distribution function x², whose inverse is the square root.
    const positive = Math.sqrt(random.uniform());
    if (entry < fanIn) kernel[entry * units + unit] = positive;
    else bias[unit] = positive;
  }
  return { kernel, bias };
}
