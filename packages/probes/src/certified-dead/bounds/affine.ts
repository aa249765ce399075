import type { NamedArrays, Operation, Shape } from '@reluctant/core';
import { emptyBounds, type Bounds } from './bounds.js';
import { relativeError, roundDown, roundUp, underflow, withinFloat32 } from './rounding.js';
import { sumTerms } from './sum-terms.js';
import { winogradErrors } from './winograd.js';

/** Roundings of a normalisation or addition that an engine may merge into the sum, and of the kernel when it is scaled for that. */
const MERGED = 16;

/** A dense layer is a convolution of a map of one pixel. */
export function denseBounds(
  { kernel, bias }: Extract<Operation, { op: 'dense' }>,
  [input]: readonly Bounds[],
  parameters: NamedArrays,
  shape: Shape,
): Bounds {
  const { data, shape: size } = parameters[kernel];
  const padding = { top: 0, bottom: 0, left: 0, right: 0 };
  const once = { op: 'conv2d', kernel, bias, strides: [1, 1], dilation: [1, 1], padding } as const;
  const kernels = { [kernel]: { data, shape: [1, 1, ...size] } };
  return conv2dBounds(once, [input], { ...parameters, ...kernels }, shape);
}

/**
 * Each term w·x of the sum is bounded by itself: where w > 0 it is largest at the upper bound of x, else at the lower one. Rounding is
 * allowed for by widening the bounds of x by γₙ beforehand, so a term that can only be 0 adds no error. Winograd's errors, of 3×3
 * kernels, come on top.
 */
export function conv2dBounds(
  operation: Extract<Operation, { op: 'conv2d' }>,
  [input]: readonly Bounds[],
  parameters: NamedArrays,
  shape: Shape,
  byWinograd = false,
): Bounds {
  const kernel = parameters[operation.kernel];
  const [height, width, inputs, filters] = kernel.shape;
  const terms = height * width * inputs + MERGED;
  const output = emptyBounds(shape, terms);
  sumTerms(operation, kernel, widened(input, relativeError(terms)), output);

  const errors = byWinograd
    ? winogradErrors(kernel.data, channelMagnitudes(input), filters)
    : new Float64Array(filters);
  const biases = operation.bias === undefined ? undefined : parameters[operation.bias].data;
  const biasError = relativeError(terms);
  const { lower, upper } = output;
  for (let i = 0; i < upper.length; i++) {
    const channel = i % filters;
    const bias = biases?.[channel] ?? 0;
    const low = lower[i] + roundDown(bias, biasError) - errors[channel] - underflow(lower[i], terms);
    const high = upper[i] + roundUp(bias, biasError) + errors[channel] + underflow(upper[i], terms);
    lower[i] = withinFloat32(low);
    upper[i] = withinFloat32(high);
  }
  return output;
}

function widened({ shape, lower, upper }: Bounds, error: number): Pick<Bounds, 'lower' | 'upper' | 'shape'> {
  return {
    shape,
    lower: lower.map((value) => roundDown(value, error)),
    upper: upper.map((value) => roundUp(value, error)),
  };
}

/** The largest |x| of each channel. */
function channelMagnitudes({ shape, lower, upper }: Bounds): Float64Array {
  const magnitudes = new Float64Array(shape.at(-1)!);
  for (let i = 0; i < upper.length; i++) {
    const channel = i % magnitudes.length;
    magnitudes[channel] = Math.max(magnitudes[channel], Math.abs(lower[i]), Math.abs(upper[i]));
  }
  return magnitudes;
}

/**
 * γ·(x − mean)/√(variance + ε) + β in evaluation mode, computed like that or with everything but x folded into a factor and a summand.
 * A γ of 0 leaves β exactly.
 */
export function batchNormBounds(
  operation: Extract<Operation, { op: 'batchNorm' }>,
  [input]: readonly Bounds[],
  parameters: NamedArrays,
): Bounds {
  const { gamma, beta, movingMean, movingVariance, epsilon } = operation;
  const channels = input.shape.at(-1)!;
  const error = relativeError(MERGED);
  const output = emptyBounds(input.shape, input.terms);
  for (let channel = 0; channel < channels; channel++) {
    const factor = gamma === undefined ? 1 : parameters[gamma].data[channel];
    const scale = factor / Math.sqrt(parameters[movingVariance].data[channel] + epsilon);
    const shift = beta === undefined ? 0 : parameters[beta].data[channel];
    const centre = scale * parameters[movingMean].data[channel];
    const exact = factor === 0;
    const lost = underflow(centre, MERGED);
    const least = exact ? shift : roundDown(shift, error) - roundUp(centre, error) - lost;
    const most = exact ? shift : roundUp(shift, error) - roundDown(centre, error) + lost;
    for (let i = channel; i < input.upper.length; i += channels) {
      const [from, to] = scale < 0 ? [input.upper[i], input.lower[i]] : [input.lower[i], input.upper[i]];
      const [low, high] = [scale * from, scale * to];
      output.lower[i] = withinFloat32(roundDown(low, error) - underflow(low, MERGED) + least);
      output.upper[i] = withinFloat32(roundUp(high, error) + underflow(high, MERGED) + most);
    }
  }
  return output;
}
