import type { JsonValue } from '@reluctant/core';
import type { SimulationResult } from '../simulation/simulation-result.js';
import type { Agreement } from './comparison.js';
import type { StepSizeAssumption } from './step-size-assumption.js';
import type { TheoryCurves } from './theories.js';

/** Above so many weights covariances are left out: they would make most of the result. */
const MOST_COVARIANCES = 16;

/** What `reluctant single-unit evolve --json` prints: curves by number of updates k, vectors with the bias last. */
export function evolutionResult(
  result: SimulationResult,
  curves: readonly TheoryCurves[],
  agreements: readonly Agreement[],
  { effective, bound, reason }: StepSizeAssumption,
): JsonValue {
  const { k, method, trials, activation, squaredError, weights, variance, covariance, dead } = result;
  const size = weights.mean.length / k.length;
  const vectors = (values: Float64Array) => k.map((_, point) => row(values, point, size));
  return {
    k,
    theory: Object.fromEntries(
      curves.map(({ name, activation, squaredError, mean, variance }) => [
        name,
        {
          p: activation,
          ...(squaredError && { mse: squaredError }),
          ...(mean && { mean: mean.map((vector) => Array.from(vector)) }),
          ...(variance && { variance: variance.map((vector) => Array.from(vector)) }),
        },
      ]),
    ),
    simulation: {
      trials,
      method,
      mean: vectors(weights.mean),
      se: vectors(weights.standardError),
      variance: vectors(variance),
      ...(covariance &&
        size <= MOST_COVARIANCES && {
          covariance: k.map((_, point) =>
            Array.from({ length: size }, (_, i) => row(covariance, point * size + i, size)),
          ),
        }),
      p: Array.from(activation.mean),
      pSe: Array.from(activation.standardError),
      mse: Array.from(squaredError.mean),
      mseSe: Array.from(squaredError.standardError),
      dead: { below: dead.below, now: Array.from(dead.now), ever: Array.from(dead.ever) },
    },
    deviation: Object.fromEntries(
      agreements.map(({ theory, largest, compared, outside }) => [theory, { ...largest, compared, outside }]),
    ),
    assumptions: {
      stepSize: {
        effective,
        bound: bound ?? null,
        holds: bound === undefined ? null : effective < bound,
        ...(reason && { reason }),
      },
      closure: Object.fromEntries(agreements.map(({ theory, holds }) => [theory, holds])),
    },
  };
}

function row(values: Float64Array, index: number, size: number): readonly number[] {
  return Array.from(values.subarray(index * size, (index + 1) * size));
}
