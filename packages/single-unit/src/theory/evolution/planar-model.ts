import { ReluctantError } from '@reluctant/core';
import { dot } from '../../numerics/matrix.js';
import { drift } from '../drift/drift.js';
import type { TheoryModel } from '../theory-model.js';
import { reduceWhiteInput } from './white-reduction.js';

/** Weights by their order parameters, for inputs of mean 0 and variance 1. */
export interface PlanarWeights {
  /** |w|, without the bias. */
  readonly norm: number;
  /** Cosine of the angle between w and v, without the biases. */
  readonly overlap: number;
  readonly bias: number;
}

/**
 * The same unit in three coordinates: along v, across it, and the bias (kept also where the unit has none: its weights are 0 then).
 * The mean field of white inputs is exactly that of its plane, whatever their number.
 *
 * @param hasBias whether the last component of x is the constant 1
 * @throws ReluctantError `CONFIG_INVALID` where inputs are not white, or not of mean 0 and variance 1
 */
export function planarModel(model: TheoryModel, hasBias: boolean): TheoryModel {
  const { input, teacher } = model;
  const inputs = input.size - (hasBias ? 1 : 0);
  const isStandard = input.covariance[0] === 1 && input.mean.subarray(0, inputs).every((mean) => mean === 0);
  if (!isStandard || !reduceWhiteInput(input, hasBias, [])) {
    throw new ReluctantError('CONFIG_INVALID', 'This is known only for white inputs, of mean 0 and variance 1.');
  }
  const direction = teacher.weights.subarray(0, inputs);
  const bias = hasBias ? teacher.weights[inputs] : 0;
  return {
    ...model,
    input: {
      size: 3,
      mean: Float64Array.of(0, 0, 1),
      covariance: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 0),
    },
    teacher: { ...teacher, weights: Float64Array.of(Math.sqrt(dot(direction, direction)), 0, bias) },
  };
}

/** Weights in the coordinates of `planarModel`. */
export function planarWeights({ norm, overlap, bias }: PlanarWeights): Float64Array {
  return Float64Array.of(norm * overlap, norm * Math.sqrt((1 - overlap) * (1 + overlap)), bias);
}

/** How the mean field moves the order parameters, in the time τ = μk: arrows of a phase portrait. */
export interface PlanarMotion {
  /** d|w|/dτ. */
  readonly norm: number;
  /** dθ/dτ, θ the angle between w and v in [0, π]. */
  readonly angle: number;
  /** db/dτ. */
  readonly bias: number;
}

/**
 * @param planar of `planarModel`; where the unit has no bias, its motion is of no concern
 * @param weights with |w| > 0
 */
export function planarMotion(planar: TheoryModel, weights: PlanarWeights): PlanarMotion {
  const [along, across, bias] = drift(planar, planarWeights(weights));
  const { norm, overlap } = weights;
  const sine = Math.sqrt((1 - overlap) * (1 + overlap));
  return { norm: overlap * along + sine * across, angle: (overlap * across - sine * along) / norm, bias };
}
