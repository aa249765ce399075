/** What running moments consist of: plain data, to be sent to another thread. */
export interface MomentState {
  readonly counts: Float64Array;
  readonly means: Float64Array;
  /** Sums of squared deviations from the mean. */
  readonly squares: Float64Array;
}

/**
 * Means and variances of many quantities at once, one value at a time (Welford 1962): stable where the difference of sums of
 * squares would cancel, and of constant memory however many values come.
 */
export class RunningMoments {
  readonly state: MomentState;

  /** @param of number of quantities, numbered from 0; or a state, which is taken over */
  constructor(of: number | MomentState) {
    this.state =
      typeof of === 'number'
        ? { counts: new Float64Array(of), means: new Float64Array(of), squares: new Float64Array(of) }
        : of;
  }

  add(index: number, value: number): void {
    const { counts, means, squares } = this.state;
    const count = ++counts[index];
    const deviation = value - means[index];
    means[index] += deviation / count;
    squares[index] += deviation * (value - means[index]);
  }

  /** Adds the values of another (Chan, Golub & LeVeque 1979); the same quantities, or those from `offset` on. */
  merge(other: MomentState, offset = 0): void {
    const { counts, means, squares } = this.state;
    other.counts.forEach((added, i) => {
      if (added === 0) return;
      const index = i + offset;
      const count = counts[index] + added;
      const deviation = other.means[i] - means[index];
      squares[index] += other.squares[i] + (deviation * deviation * counts[index] * added) / count;
      means[index] += (deviation * added) / count;
      counts[index] = count;
    });
  }

  count(index: number): number {
    return this.state.counts[index];
  }

  mean(index: number): number {
    return this.state.means[index];
  }

  /** Unbiased sample variance; NaN below two values. */
  variance(index: number): number {
    const { counts, squares } = this.state;
    return counts[index] > 1 ? squares[index] / (counts[index] - 1) : NaN;
  }

  /** Standard error of the mean of independent values; NaN below two of them. */
  standardError(index: number): number {
    return Math.sqrt(this.variance(index) / this.count(index));
  }
}
