import { ReluctantError } from '@reluctant/core';
import { solveLinear } from '../../numerics/linear-algebra.js';
import { addSymmetricOuter } from '../../numerics/matrix.js';
import type { MeanSquareOperators } from './mean-square-operators.js';
import { meanSquareStepSizeBound } from './step-size-bounds.js';

/** How a unit fluctuates about its optimum when it has converged. */
export interface SteadyState {
  /** K = E[(w − v)(w − v)ᵀ], n × n, row by row. */
  readonly covariance: Float64Array;
  /** tr(A₂K): the squared error above its minimum σ². */
  readonly excessError: number;
  /** `excessError` over σ². */
  readonly misadjustment: number;
}

/**
 * The K that an update near the optimum leaves as it is: A₂K + KA₂ − μ growth(K) = μσ² A₂/B. Small steps: K = (μσ²/2B) I.
 *
 * @param noise σ > 0, the standard deviation of the noise on the desired signal
 * @throws ReluctantError `CONFIG_INVALID` where there is no steady state
 */
export function steadyState(
  operators: MeanSquareOperators,
  {
    stepSize,
    noise,
    batchSize = 1,
  }: { readonly stepSize: number; readonly noise: number; readonly batchSize?: number },
): SteadyState {
  const bound = meanSquareStepSizeBound(operators);
  if (!(stepSize > 0 && stepSize < bound)) {
    throw new ReluctantError(
      'CONFIG_INVALID',
      `There is a steady state only for step sizes between 0 and ${bound.toPrecision(4)}; got ${stepSize}.`,
    );
  }
  const { size, decay, growth, correlation } = operators;
  const matrix = growth.map((value) => -stepSize * value);
  for (let i = 0; i < size; i++) matrix[i * (size + 1)] += decay[i];
  const perNoise = solveLinear(
    matrix,
    operators.noise.map((value) => (stepSize * value) / batchSize),
  );

  const n = correlation.values.length;
  const vector = (i: number) => correlation.vectors.subarray(i * n, (i + 1) * n);
  const covariance = new Float64Array(n * n);
  let misadjustment = 0;
  for (let i = 0, k = 0; i < n; i++) {
    for (let j = 0; j <= i; j++, k++) {
      addSymmetricOuter(covariance, perNoise[k] * noise ** 2 * (i === j ? 1 : Math.SQRT2), vector(i), vector(j));
    }
    misadjustment += correlation.values[i] * perNoise[k - 1];
  }
  return { covariance, misadjustment, excessError: misadjustment * noise ** 2 };
}
