/** What a running covariance consists of: plain data, to be sent to another thread. */
export interface CovarianceState {
  readonly count: number;
  readonly mean: Float64Array;
  /** Sums of products of deviations from the mean, size × size, row by row. */
  readonly products: Float64Array;
}

/** Mean and covariance of vectors, one at a time: Welford's and Chan's formulas, as in `RunningMoments`. */
export class RunningCovariance {
  private count = 0;
  private readonly mean: Float64Array;
  private readonly products: Float64Array;
  private readonly deviation: Float64Array;

  constructor(private readonly size: number) {
    this.mean = new Float64Array(size);
    this.products = new Float64Array(size * size);
    this.deviation = new Float64Array(size);
  }

  add(vector: Float64Array): void {
    const { mean, products, deviation, size } = this;
    const share = 1 / ++this.count;
    for (let i = 0; i < size; i++) deviation[i] = vector[i] - mean[i];
    for (let i = 0; i < size; i++) {
      const factor = deviation[i] * (1 - share);
      for (let j = 0; j < size; j++) products[i * size + j] += factor * deviation[j];
      mean[i] += deviation[i] * share;
    }
  }

  merge(other: CovarianceState): void {
    if (other.count === 0) return;
    const { mean, products, deviation, size } = this;
    const total = this.count + other.count;
    const weight = (this.count * other.count) / total;
    for (let i = 0; i < size; i++) deviation[i] = other.mean[i] - mean[i];
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        products[i * size + j] += other.products[i * size + j] + weight * deviation[i] * deviation[j];
      }
      mean[i] += (deviation[i] * other.count) / total;
    }
    this.count = total;
  }

  get state(): CovarianceState {
    return { count: this.count, mean: this.mean, products: this.products };
  }

  /** Unbiased sample covariance, size × size, row by row; NaN below two vectors. */
  covariance(): Float64Array {
    return this.products.map((product) => (this.count > 1 ? product / (this.count - 1) : NaN));
  }
}
