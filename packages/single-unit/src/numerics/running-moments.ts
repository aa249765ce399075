/**
 * Means and variances of many quantities at once, one value at a time (Welford 1962): stable where the difference of sums of
 * squares would cancel, and of constant memory however many values come.
 */
export class RunningMoments {
  private readonly counts: Float64Array;
  private readonly means: Float64Array;
  private readonly squares: Float64Array;

  /** @param size number of quantities, numbered from 0 */
  constructor(size: number) {
    this.counts = new Float64Array(size);
    this.means = new Float64Array(size);
    this.squares = new Float64Array(size);
  }

  add(index: number, value: number): void {
    const count = ++this.counts[index];
    const deviation = value - this.means[index];
    this.means[index] += deviation / count;
    this.squares[index] += deviation * (value - this.means[index]);
  }

  mean(index: number): number {
    return this.means[index];
  }

  /** Unbiased sample variance; NaN below two values. */
  variance(index: number): number {
    return this.counts[index] > 1 ? this.squares[index] / (this.counts[index] - 1) : NaN;
  }

  /** Standard error of the mean of independent values; NaN below two of them. */
  standardError(index: number): number {
    return Math.sqrt(this.variance(index) / this.counts[index]);
  }
}
