import { z } from 'zod';
import { choleskyFactor } from '../numerics/cholesky.js';

const variance = z.number().nonnegative();

/** Covariance of the inputs, without the bias. */
export const covarianceSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('white'), variance: variance.default(1).describe('Variance of every input') })
    .describe('Independent inputs of one variance'),
  z
    .strictObject({ kind: z.literal('diagonal'), variances: z.array(variance).describe('One variance per input') })
    .describe('Independent inputs of their own variances'),
  z
    .strictObject({ kind: z.literal('full'), matrix: z.array(z.array(z.number())).describe('L rows of L numbers') })
    .describe('Any covariance: symmetric and positive semi-definite'),
  z
    .strictObject({
      kind: z.literal('ar1'),
      correlation: z.number().gt(-1).lt(1).describe('Of neighbouring inputs; inputs i and j have its |i − j|th power'),
      variance: variance.default(1).describe('Variance of every input'),
      shifted: z
        .boolean()
        .default(false)
        .describe(
          'false: every update draws a new vector, which the theory assumes. true: a tap-delay line, whose inputs move on by ' +
            'one place from update to update while a new sample comes in at the first; simulation only',
        ),
    })
    .describe('The last L samples of a first-order autoregressive process'),
]);
export type CovarianceOptions = z.output<typeof covarianceSchema>;

/** What is wrong with a covariance, and where in the options. */
export interface CovarianceProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Everything that keeps the options from being a covariance of so many inputs. */
export function covarianceProblems(options: CovarianceOptions, inputs: number): CovarianceProblem[] {
  switch (options.kind) {
    case 'diagonal': {
      const { length } = options.variances;
      if (length === inputs) return [];
      return [
        { path: ['variances'], message: `It needs one variance for each of the ${inputs} inputs, not ${length}.` },
      ];
    }
    case 'full':
      return matrixProblems(options.matrix, inputs);
    default:
      return [];
  }
}

function matrixProblems(matrix: readonly (readonly number[])[], inputs: number): CovarianceProblem[] {
  const path = ['matrix'];
  if (matrix.length !== inputs) {
    return [{ path, message: `It needs one row for each of the ${inputs} inputs, not ${matrix.length}.` }];
  }
  const ragged = matrix.flatMap((row, i) =>
    row.length === inputs
      ? []
      : [{ path: [...path, i], message: `The row needs ${inputs} numbers, not ${row.length}.` }],
  );
  if (ragged.length > 0) return ragged;

  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < i; j++) {
      if (Math.abs(matrix[i][j] - matrix[j][i]) > 1e-12 * (Math.abs(matrix[i][j]) + Math.abs(matrix[j][i]))) {
        const message = `A covariance is symmetric; entry [${i}][${j}] is ${matrix[i][j]}, and [${j}][${i}] is ${matrix[j][i]}.`;
        return [{ path: [...path, i, j], message }];
      }
    }
  }
  const result = choleskyFactor(Float64Array.from(matrix.flat()), inputs);
  if (!('failure' in result)) return [];
  const { row, pivot } = result.failure;
  const message =
    'A covariance is positive semi-definite: no combination of inputs has a negative variance. ' +
    `Here the Cholesky pivot of input ${row} is ${Number(pivot.toPrecision(4))}.`;
  return [{ path: [...path, row], message }];
}

/**
 * R, inputs × inputs, row by row.
 * @param options without `covarianceProblems`
 */
export function covarianceMatrix(options: CovarianceOptions, inputs: number): Float64Array {
  const matrix = new Float64Array(inputs * inputs);
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < inputs; j++) matrix[i * inputs + j] = covarianceEntry(options, i, j);
  }
  return matrix;
}

function covarianceEntry(options: CovarianceOptions, i: number, j: number): number {
  switch (options.kind) {
    case 'white':
      return i === j ? options.variance : 0;
    case 'diagonal':
      return i === j ? options.variances[i] : 0;
    case 'full':
      return options.matrix[i][j];
    case 'ar1':
      return options.variance * options.correlation ** Math.abs(i - j);
  }
}
