/**
 * Mean and covariance of the input x, of n components. A bias is a last component of mean 1 without variance: its row and column
 * of the covariance are 0. So the covariance may be singular; it is symmetric and positive semi-definite.
 */
export interface InputMoments {
  /** n, with the bias. */
  readonly size: number;
  /** m, of n components. */
  readonly mean: Float64Array;
  /** R, the covariance (not the correlation matrix R + m mᵀ), n × n, row by row. */
  readonly covariance: Float64Array;
}
