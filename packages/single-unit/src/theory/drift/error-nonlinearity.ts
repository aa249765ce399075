import { ReluctantError } from '@reluctant/core';
import { addScaled, scaled } from '../../numerics/matrix.js';
import { normalDensity } from '../../numerics/normal.js';
import { unitGeometry, type UnitGeometry } from '../geometry.js';
import { activeInput } from '../half-space-moments.js';
import type { TheoryModel } from '../theory-model.js';

/** The joint law of s and the error e = t + noise − s of a linear teacher's student where it is active. */
export interface LinearErrorLaw {
  /** meanS/deviationS. */
  readonly a: number;
  readonly mean: number;
  /** > 0 */
  readonly deviation: number;
  /** The correlation of e and s, and √(1 − correlation²). */
  readonly correlation: number;
  readonly sine: number;
  /** e given s = 0 is normal with these. */
  readonly boundaryMean: number;
  readonly boundaryDeviation: number;
}

/** What a nonlinearity ψ of the error needs to have a drift in closed form. */
export interface ErrorNonlinearity {
  /** ψ(e) itself, for an error that does not vary. */
  value(error: number): number;
  /** E[1(s > 0) ψ(e)]. */
  active(law: LinearErrorLaw): number;
  /** E[ψ(e) | s = 0]. */
  onBoundary(law: LinearErrorLaw): number;
  /** E[1(s > 0) ψ′(e)]. */
  slope(law: LinearErrorLaw): number;
}

/**
 * The drift E[ψ(e) 1(s > 0) x] under a linear or zero teacher, by Gaussian integration by parts:
 * m E[1 ψ] + Rw E[δ(s) ψ] + R(v − w) E[1 ψ′].
 *
 * @throws {ReluctantError} CONFIG_INVALID for a ReLU teacher, whose error is not normal
 */
export function nonlinearErrorDrift(model: TheoryModel, weights: Float64Array, psi: ErrorNonlinearity): Float64Array {
  const { kind, weights: teacherWeights } = model.teacher;
  if (kind === 'relu') {
    throw new ReluctantError(
      'CONFIG_INVALID',
      'The drift of an error-gated or sign-error rule has a closed form for a linear or zero teacher only.',
    );
  }
  const signal = kind === 'zero' ? new Float64Array(weights.length) : teacherWeights;
  const geometry = unitGeometry(model.input, signal, weights);
  const law = linearErrorLaw(geometry, model.noise);
  if (law.deviation === 0) return scaled(activeInput(geometry), psi.value(law.mean));

  const { input, r, residual, gainDifference, deviationS, tau } = geometry;
  const slope = psi.slope(law);
  const drift = scaled(input.mean, psi.active(law));
  addScaled(drift, normalDensity(law.a) * psi.onBoundary(law) + slope * gainDifference * deviationS, r);
  // R(v − w) = gainDifference · Rw + R(v − γw).
  return addScaled(drift, slope * tau, residual);
}

function linearErrorLaw(
  { a, meanDifference, gainDifference, deviationS, tau, boundaryMeanT }: UnitGeometry,
  noise: number,
) {
  const boundaryDeviation = Math.hypot(tau, noise);
  const alongS = gainDifference * deviationS;
  const deviation = Math.hypot(alongS, boundaryDeviation);
  return {
    a,
    mean: meanDifference,
    deviation,
    correlation: alongS / deviation,
    sine: boundaryDeviation / deviation,
    boundaryMean: boundaryMeanT,
    boundaryDeviation,
  };
}
