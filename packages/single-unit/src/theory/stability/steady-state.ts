import { ReluctantError } from '@reluctant/core';
import { solveLinear } from '../../numerics/linear-algebra.js';
import { dot, scaled } from '../../numerics/matrix.js';
import type { MeanSquareOperators } from './mean-square-operators.js';
import { meanSquareStepSizeBound } from './step-size-bounds.js';

/** How a unit fluctuates about its optimum when it has converged. */
export interface SteadyState {
  /** K = E[(w − v)(w − v)ᵀ], n × n, row by row. */
  readonly covariance: Float64Array;
  /** tr(A₂K): the squared error above its minimum σ². */
  readonly excessError: number;
  /** `excessError` over σ²: for small steps (μ/2B) tr A₂. */
  readonly misadjustment: number;
}

/**
 * The K that an update near the optimum leaves as it is: A₂K + KA₂ − μ growth(K) = μσ² N/B. For small steps and `backprop` it is
 * (μσ²/2B) I.
 *
 * @param noise σ ≥ 0, the standard deviation of the noise on the desired signal
 * @throws ReluctantError `CONFIG_INVALID` where there is no steady state
 */
export function steadyState(operators: MeanSquareOperators, stepSize: number, noise: number): SteadyState {
  const bound = meanSquareStepSizeBound(operators);
  if (!(stepSize > 0 && stepSize < bound)) {
    throw new ReluctantError(
      'CONFIG_INVALID',
      `There is a steady state only for step sizes between 0 and ${bound.toPrecision(4)}; got ${stepSize}.`,
    );
  }
  const { size, decay, growth, correlation, matrixOf } = operators;
  const matrix = scaled(growth, -stepSize);
  for (let i = 0; i < size; i++) matrix[i * (size + 1)] += decay[i];
  const perNoise = solveLinear(matrix, scaled(operators.noise, stepSize));
  if (!perNoise) {
    throw new ReluctantError(
      'CONFIG_INVALID',
      'There is no steady state: some combination of the inputs never varies.',
    );
  }
  const misadjustment = dot(correlation, perNoise);
  return {
    covariance: matrixOf(scaled(perNoise, noise ** 2)),
    misadjustment,
    excessError: misadjustment * noise ** 2,
  };
}

/** `excessError` of white inputs of mean 0 and variance 1 without a bias, for step sizes below 2/(L + 2). */
export function whiteExcessError(inputs: number, stepSize: number, noise: number): number {
  return (inputs * stepSize * noise ** 2) / (2 * (2 - stepSize * (inputs + 2)));
}
