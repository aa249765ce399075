export const DISTRIBUTIONS = ['normal', 'uniform', 'laplace', 'bernoulli', 'patches'] as const;
export type Distribution = (typeof DISTRIBUTIONS)[number];

/**
 * How input vectors are drawn, without the bias. All but `patches` are x = m + C u, where the components of u are independent, of
 * mean 0 and variance 1, and have the distribution's shape: so x has the mean and covariance asked for, and the shape itself
 * where C is diagonal.
 */
export interface InputDistribution {
  readonly kind: Distribution;
  /** C: its diagonal, where there is nothing else; else lower triangular, inputs × inputs, row by row. */
  readonly factor:
    | { readonly kind: 'diagonal'; readonly deviations: Float64Array }
    | { readonly kind: 'triangular'; readonly matrix: Float64Array };
  /** Where the inputs are a tap-delay line: correlation and standard deviation of its samples. */
  readonly delayLine?: { readonly correlation: number; readonly deviation: number };
  /** Vectors of one number per input, one after the other, for `patches`. */
  readonly patches?: Float64Array;
}
