import { largest, largestDeviation, type Closure } from './closure.js';
import type { Complement } from './white-reduction.js';
import type { EvolutionPoint, Start, TrainedUnit } from './trained-unit.js';

/** Means and covariances of one gradient h(w) + noise, over the law of the weights w and of the velocity V. */
export interface GradientLaw {
  readonly mean: Float64Array;
  /** Cov(w, gradient), n × n, row by row: rows for w. */
  readonly withWeights: Float64Array;
  /** Cov(V, gradient), n × n, row by row: rows for V. */
  readonly withVelocity: Float64Array;
  /** Cov(gradient), n × n: of h(w) over the law of w, and of the gradient given w. */
  readonly covariance: Float64Array;
}

/**
 * Carries means and covariances of weights and velocity from update to update, V ← β V + gradient and w ← w + μ V. These two
 * equations are exact if the law of the gradient is; how that follows from the moments is what closures differ in.
 */
export abstract class MomentClosure implements Closure {
  protected readonly mean: Float64Array;
  private readonly velocity: Float64Array;
  /** Cov(w). */
  protected readonly covariance: Float64Array;
  /** Cov(V, w): rows for V. */
  protected readonly crossCovariance: Float64Array;
  private readonly velocityCovariance: Float64Array;

  /** @param complement where unit and start are in the coordinates of `reduceWhiteInput` */
  constructor(
    protected readonly unit: TrainedUnit,
    start: Start,
    protected readonly complement: Complement | undefined,
  ) {
    const size = start.mean.length;
    this.mean = Float64Array.from(start.mean);
    this.velocity = new Float64Array(size);
    this.covariance = start.covariance ? Float64Array.from(start.covariance) : new Float64Array(size * size);
    this.crossCovariance = new Float64Array(size * size);
    this.velocityCovariance = new Float64Array(size * size);
  }

  protected abstract gradientLaw(): GradientLaw;
  abstract observe(step: number): EvolutionPoint;

  magnitude(): number {
    return Math.max(largest(this.mean), largestDeviation(this.covariance, this.mean.length));
  }

  advance(): void {
    const { mean, velocity, covariance, crossCovariance, velocityCovariance, unit } = this;
    const { stepSize, momentum } = unit;
    const size = mean.length;
    const law = this.gradientLaw();
    for (let i = 0; i < size; i++) {
      velocity[i] = momentum * velocity[i] + law.mean[i];
      mean[i] += stepSize * velocity[i];
    }
    // Of the new velocity and the old weights.
    const cross = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        cross[i * size + j] = momentum * crossCovariance[i * size + j] + law.withWeights[j * size + i];
      }
    }
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        const [at, mirrored] = [i * size + j, j * size + i];
        const ofVelocity =
          momentum * momentum * velocityCovariance[at] +
          momentum * (law.withVelocity[at] + law.withVelocity[mirrored]) +
          (law.covariance[at] + law.covariance[mirrored]) / 2;
        velocityCovariance[at] = velocityCovariance[mirrored] = ofVelocity;
        covariance[at] += stepSize * (cross[at] + cross[mirrored]) + stepSize * stepSize * ofVelocity;
        covariance[mirrored] = covariance[at];
      }
    }
    for (let k = 0; k < cross.length; k++) crossCovariance[k] = cross[k] + stepSize * velocityCovariance[k];
  }
}
