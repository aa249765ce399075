import type { NamedArray, Operation } from '@reluctant/core';
import { asMap, type Bounds } from './bounds.js';

/** Positive and negative parts of all weights, as rows of one number per filter. */
interface SignedWeights {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
}

/**
 * Bounds of a convolution's sums, without a bias: at each position Σ w⁺·upper + w⁻·lower of the inputs for the upper one, and the other
 * way round for the lower one. All the time goes here, hence lists of what is not 0 (after a ReLU most lower bounds are), and loops
 * over four rows of weights at a time.
 */
export function sumTerms(
  { strides, padding, dilation }: Extract<Operation, { op: 'conv2d' }>,
  kernel: NamedArray,
  input: Pick<Bounds, 'lower' | 'upper' | 'shape'>,
  output: Bounds,
): void {
  const [kernelHeight, kernelWidth, channels, filters] = kernel.shape;
  const [height, width] = asMap(input.shape);
  const [outHeight, outWidth] = asMap(output.shape);
  const weights = signedWeights(kernel.data);
  const opposite = { positive: weights.negative, negative: weights.positive };
  const uppers = new TermList(kernelHeight * kernelWidth * channels);
  const lowers = new TermList(kernelHeight * kernelWidth * channels);
  for (let position = 0; position < outHeight * outWidth; position++) {
    uppers.length = 0;
    lowers.length = 0;
    for (let tap = 0; tap < kernelHeight * kernelWidth; tap++) {
      const y =
        Math.floor(position / outWidth) * strides[0] + Math.floor(tap / kernelWidth) * dilation[0] - padding.top;
      const x = (position % outWidth) * strides[1] + (tap % kernelWidth) * dilation[1] - padding.left;
      if (y < 0 || y >= height || x < 0 || x >= width) continue;
      const pixel = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) {
        const row = (tap * channels + c) * filters;
        uppers.add(row, input.upper[pixel + c]);
        lowers.add(row, input.lower[pixel + c]);
      }
    }
    const low = output.lower.subarray(position * filters, (position + 1) * filters);
    const high = output.upper.subarray(position * filters, (position + 1) * filters);
    accumulate(uppers, weights, high, low);
    accumulate(lowers, opposite, high, low);
  }
}

/** Bounds of inputs that are not 0, each with the offset of its row of weights. */
class TermList {
  length = 0;
  readonly rows: Int32Array;
  readonly values: Float64Array;

  constructor(capacity: number) {
    this.rows = new Int32Array(capacity);
    this.values = new Float64Array(capacity);
  }

  add(row: number, value: number): void {
    if (value === 0) return;
    this.rows[this.length] = row;
    this.values[this.length++] = value;
  }
}

/** high += Σ positive·value, low += Σ negative·value, over the list. */
function accumulate(
  { length, rows, values }: TermList,
  { positive, negative }: SignedWeights,
  high: Float64Array,
  low: Float64Array,
): void {
  let k = 0;
  for (; k + 3 < length; k += 4) {
    const [a, b, c, d] = [rows[k], rows[k + 1], rows[k + 2], rows[k + 3]];
    const [p, q, r, s] = [values[k], values[k + 1], values[k + 2], values[k + 3]];
    for (let out = 0; out < high.length; out++) {
      high[out] += positive[a + out] * p + positive[b + out] * q + positive[c + out] * r + positive[d + out] * s;
      low[out] += negative[a + out] * p + negative[b + out] * q + negative[c + out] * r + negative[d + out] * s;
    }
  }
  for (; k < length; k++) {
    const [row, value] = [rows[k], values[k]];
    for (let out = 0; out < high.length; out++) {
      high[out] += positive[row + out] * value;
      low[out] += negative[row + out] * value;
    }
  }
}

function signedWeights(kernel: NamedArray['data']): SignedWeights {
  const positive = new Float64Array(kernel.length);
  const negative = new Float64Array(kernel.length);
  for (let i = 0; i < kernel.length; i++) {
    positive[i] = Math.max(kernel[i], 0);
    negative[i] = Math.min(kernel[i], 0);
  }
  return { positive, negative };
}
