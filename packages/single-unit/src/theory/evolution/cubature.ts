import { addScaled, addSymmetricOuter, multiply } from '../../numerics/matrix.js';
import { drift } from '../drift/drift.js';
import { unitGeometry } from '../geometry.js';
import { gradientSecondMoment } from '../gradient-second-moment.js';
import { activationProbability } from '../half-space-moments.js';
import { squaredError } from '../squared-error.js';
import { follow } from './closure.js';
import { cubaturePoints } from './cubature-points.js';
import { MomentClosure, type GradientLaw } from './moment-closure.js';
import { decay, type EvolutionPoint, type Start, type TrainedUnit } from './trained-unit.js';
import type { Complement } from './white-reduction.js';

/**
 * The Gaussian closure: the law of the weights is taken to be normal, and means over it are taken over the points of a cubature,
 *
 *     w̄ ← w̄ + μ⟨h⟩,   K ← K + μ (Cov(w, h) + Cov(h, w)) + μ² (Cov(h) + ⟨Q − h hᵀ⟩/B).
 *
 * It fails where trajectories part, near the boundary between dying and recovering, since their law has two peaks then, and where
 * weights pass near 0 without a bias, since h is discontinuous there.
 *
 * @param grid numbers of updates, increasing, from 0 on
 * @param complement where unit and start are in the coordinates of `reduceWhiteInput`
 * @throws ReluctantError `RUN_DIVERGED`
 */
export function cubature(
  unit: TrainedUnit,
  start: Start,
  grid: readonly number[],
  complement?: Complement,
): EvolutionPoint[] {
  return follow(new Cubature(unit, start, complement), grid);
}

/** What `cubature` follows. */
export class Cubature extends MomentClosure {
  protected gradientLaw(): GradientLaw {
    const { unit, complement } = this;
    const size = this.mean.length;
    const mean = new Float64Array(size);
    const withWeights = new Float64Array(size * size);
    const withVelocity = new Float64Array(size * size);
    const covariance = new Float64Array(size * size);
    const points = cubaturePoints(this.covariance, size, complement).map(({ weight, shift, regressor }) => {
      const weights = addScaled(shift.slice(), 1, this.mean);
      const geometry = unitGeometry(unit.input, unit.teacher.weights, weights);
      const gradient = drift(unit, weights, geometry);
      const noise = addSymmetricOuter(gradientSecondMoment(unit, weights, geometry), -1, gradient);
      addScaled(covariance, weight / unit.batchSize, noise);
      decay(unit, weights, gradient);
      addScaled(mean, weight, gradient);
      return { weight, shift, gradient, velocityShift: multiply(this.crossCovariance, regressor) };
    });
    for (const { weight, shift, gradient, velocityShift } of points) {
      addOuter(withWeights, weight, shift, gradient);
      addOuter(withVelocity, weight, velocityShift, gradient);
      addSymmetricOuter(covariance, weight, addScaled(gradient, -1, mean));
    }
    if (complement) {
      mean.fill(0, complement.index, complement.index + Math.min(2, complement.count));
      for (const matrix of [withWeights, withVelocity, covariance]) makeIsotropic(matrix, size, complement);
    }
    return { mean, withWeights, withVelocity, covariance };
  }

  observe(step: number): EvolutionPoint {
    const { unit, mean, covariance } = this;
    const states = cubaturePoints(covariance, mean.length, this.complement).map(({ weight, shift }) => {
      const weights = addScaled(shift.slice(), 1, mean);
      const geometry = unitGeometry(unit.input, unit.teacher.weights, weights);
      return { weight, geometry, error: squaredError(unit, weights, geometry).mse };
    });
    const average = (value: (state: (typeof states)[number]) => number) =>
      states.reduce((sum, state) => sum + state.weight * value(state), 0);
    const threshold = average(({ geometry }) => geometry.a);
    return {
      step,
      mean: Float64Array.from(mean),
      covariance: Float64Array.from(covariance),
      activation: average(({ geometry }) => activationProbability(geometry)),
      squaredError: average(({ error }) => error),
      threshold: {
        mean: threshold,
        deviation: Math.sqrt(average(({ geometry }) => (geometry.a - threshold) ** 2)),
      },
    };
  }
}

/** matrix + factor · x yᵀ, in place. */
function addOuter(matrix: Float64Array, factor: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < y.length; j++) matrix[i * y.length + j] += factor * x[i] * y[j];
  }
}

/**
 * The mean of a matrix over all rotations of the complement, in place: points were taken along one of its directions alone, on
 * behalf of all.
 */
function makeIsotropic(matrix: Float64Array, size: number, { index, count }: Complement): void {
  const [first, second] = [index * (size + 1), (index + 1) * (size + 1)];
  const variance = count === 1 ? matrix[first] : (matrix[first] + (count - 1) * matrix[second]) / count;
  for (let i = index; i < index + Math.min(2, count); i++) {
    for (let j = 0; j < size; j++) matrix[i * size + j] = matrix[j * size + i] = i === j ? variance : 0;
  }
}
