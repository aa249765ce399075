import { ReluctantError } from '@reluctant/core';
import { addScaled, addSymmetricOuter, dot, matrixProduct, multiply } from '../../numerics/matrix.js';
import { drift } from '../drift/drift.js';
import { gradientSecondMoment } from '../gradient-second-moment.js';
import { jacobian } from '../jacobian.js';
import { squaredError } from '../squared-error.js';
import { activationProbability } from '../half-space-moments.js';
import { unitGeometry } from '../geometry.js';
import { follow } from './closure.js';
import { MomentClosure, type GradientLaw } from './moment-closure.js';
import { decay, type EvolutionPoint, type Start, type TrainedUnit } from './trained-unit.js';
import type { Complement } from './white-reduction.js';

/**
 * The linear noise approximation: the mean field with fluctuations about it that are small enough for the drift to be linear,
 *
 *     K ← (I + μJ) K (I + μJ)ᵀ + μ² (Q − h hᵀ)/B,
 *
 * J the drift's Jacobian and Q the gradient's second moment, both at the mean.
 *
 * @param grid numbers of updates, increasing, from 0 on
 * @param complement where unit and start are in the coordinates of `reduceWhiteInput`
 * @throws ReluctantError `RUN_DIVERGED`
 */
export function linearNoise(
  unit: TrainedUnit,
  start: Start,
  grid: readonly number[],
  complement?: Complement,
): EvolutionPoint[] {
  return follow(new LinearNoise(unit, start, complement), grid);
}

/** What `linearNoise` follows. */
export class LinearNoise extends MomentClosure {
  protected gradientLaw(): GradientLaw {
    const { unit, mean, covariance, crossCovariance } = this;
    const size = mean.length;
    const geometry = unitGeometry(unit.input, unit.teacher.weights, mean);
    const gradient = drift(unit, mean, geometry);
    const noise = addSymmetricOuter(gradientSecondMoment(unit, mean, geometry), -1, gradient);
    if (geometry.deviationS === 0 && geometry.meanS === 0) {
      throw new ReluctantError('RUN_DIVERGED', "Linear noise can't go on from w = 0, where Pr[y>0] jumps.");
    }
    // Symmetric, since every rule's drift is a combination of gradients.
    const slope = jacobian(unit, mean, geometry);
    for (let i = 0; i < size - (unit.hasBias ? 1 : 0); i++) slope[i * (size + 1)] -= unit.weightDecay;
    const withWeights = matrixProduct(covariance, slope, size);
    return {
      mean: decay(unit, mean, gradient),
      withWeights,
      withVelocity: matrixProduct(crossCovariance, slope, size),
      covariance: addScaled(matrixProduct(slope, withWeights, size), 1 / unit.batchSize, noise),
    };
  }

  observe(step: number): EvolutionPoint {
    const { unit, mean, covariance } = this;
    // Half the Hessian of the squared error is minus the Jacobian of its own gradient, which is not what every rule follows.
    const gradientRule = {
      ...unit,
      rule: unit.rule.kind === 'leaky' ? unit.rule : { kind: 'backprop' as const, leak: 0 },
    };
    const geometry = unitGeometry(unit.input, unit.teacher.weights, mean);
    const slope = jacobian(gradientRule, mean, geometry);
    let curvature = 0;
    for (let k = 0; k < slope.length; k++) curvature -= slope[k] * covariance[k];
    if (this.complement) {
      const { index, count } = this.complement;
      const represented = index * (mean.length + 1);
      curvature -= (count - Math.min(2, count)) * slope[represented] * covariance[represented];
    }
    const spread = dot(geometry.boundaryInput, multiply(covariance, geometry.boundaryInput));
    return {
      step,
      mean: Float64Array.from(mean),
      covariance: Float64Array.from(covariance),
      activation: activationProbability(geometry),
      squaredError: squaredError(unit, mean, geometry).mse + curvature,
      // ∂a/∂w is the mean input on the boundary, over the standard deviation of s.
      threshold: { mean: geometry.a, deviation: Math.sqrt(Math.max(0, spread)) / geometry.deviationS },
    };
  }
}
