import { addScaled, scaled } from '../../numerics/matrix.js';
import { normalCdf, normalDensity } from '../../numerics/normal.js';
import { unitGeometry, type UnitGeometry } from '../geometry.js';
import { activeInput } from '../half-space-moments.js';
import type { TheoryModel } from '../theory-model.js';
import { integrateOverTeacher } from './teacher-quadrature.js';

/** The joint normal law of s and an error e. */
export interface ErrorLaw {
  /** Mean over standard deviation of s. */
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

/** What a nonlinearity ψ of the error needs to have a drift. */
export interface ErrorNonlinearity {
  /** ψ(e) itself, for an error that does not vary. */
  value(error: number): number;
  /** E[1(s > 0) ψ(e)]. */
  active(law: ErrorLaw): number;
  /** E[ψ(e) | s = 0]. */
  onBoundary(law: ErrorLaw): number;
  /** E[1(s > 0) ψ′(e)]. */
  slope(law: ErrorLaw): number;
  /** Where ψ has a kink or a jump. */
  readonly breaks: readonly number[];
}

/** The drift E[ψ(e) 1(s > 0) x] of backpropagation whose error passes through ψ: closed but for a ReLU. */
export function nonlinearErrorDrift(model: TheoryModel, weights: Float64Array, psi: ErrorNonlinearity): Float64Array {
  const { kind, weights: teacherWeights } = model.teacher;
  const signal = kind === 'zero' ? new Float64Array(weights.length) : teacherWeights;
  const geometry = unitGeometry(model.input, signal, weights);
  if (kind === 'none') return underNoise(geometry, model.noise, psi);
  return kind === 'relu' ? underRelu(geometry, model, psi) : underLinear(geometry, model.noise, psi);
}

/** An error that is independent of the input: E[ψ(noise)] E[1(s > 0) x], which is 0 for an odd ψ. */
function underNoise(geometry: UnitGeometry, noise: number, psi: ErrorNonlinearity): Float64Array {
  const law = errorLaw(Infinity, 0, 0, 0, noise);
  return scaled(activeInput(geometry), law.deviation === 0 ? psi.value(0) : psi.active(law));
}

/** By Gaussian integration by parts: m E[1 ψ] + Rw E[δ(s) ψ] + R(v − w) E[1 ψ′]. */
function underLinear(geometry: UnitGeometry, noise: number, psi: ErrorNonlinearity): Float64Array {
  const { input, r, residual, a, meanDifference, gainDifference, deviationS, tau, boundaryMeanT } = geometry;
  // R(v − w) = gainDifference · Rw + R(v − γw).
  const alongS = gainDifference * deviationS;
  const law = errorLaw(a, meanDifference, alongS, boundaryMeanT, Math.hypot(tau, noise));
  if (law.deviation === 0) return scaled(activeInput(geometry), psi.value(law.mean));
  const slope = psi.slope(law);
  const drift = scaled(input.mean, psi.active(law));
  addScaled(drift, normalDensity(a) * psi.onBoundary(law) + slope * alongS, r);
  return addScaled(drift, slope * tau, residual);
}

/** Given t, the signal is a constant, and e depends on s and the noise alone: a zero teacher's case, integrated over t. */
function underRelu(geometry: UnitGeometry, { teacher, noise }: TheoryModel, psi: ErrorNonlinearity): Float64Array {
  const conditional = (signal: number, student: { mean: number; deviation: number; a: number }) => {
    const law = errorLaw(student.a, signal - student.mean, -student.deviation, signal, noise);
    if (law.deviation === 0) return [psi.value(law.mean) * normalCdf(student.a), 0] as const;
    const across = normalDensity(student.a) * psi.onBoundary(law) - student.deviation * psi.slope(law);
    return [psi.active(law), across] as const;
  };
  const { input, r, meanS, deviationS, a, meanT, deviationT } = geometry;
  const response = (t: number) => Math.max(t, 0);
  if (deviationT === 0) {
    const [constant, along] = conditional(response(meanT), { mean: meanS, deviation: deviationS, a });
    return addScaled(scaled(input.mean, constant), along, r);
  }
  // On the boundary e is the signal plus noise, which crosses ψ's kinks within a few standard deviations of the noise.
  const crossings = psi.breaks.flatMap((kink) => [-8, -4, -2, 0, 2, 4, 8].map((step) => kink + step * noise));
  const breaks = [0, ...crossings.filter((t) => t > 0)];
  return integrateOverTeacher(geometry, { weights: teacher.weights, response, breaks }, conditional);
}

/**
 * @param alongS covariance of e with the standardised s
 * @param boundaryDeviation standard deviation of e given s
 */
function errorLaw(a: number, mean: number, alongS: number, boundaryMean: number, boundaryDeviation: number): ErrorLaw {
  const deviation = Math.hypot(alongS, boundaryDeviation);
  return {
    a,
    mean,
    deviation,
    correlation: alongS / deviation,
    sine: boundaryDeviation / deviation,
    boundaryMean,
    boundaryDeviation,
  };
}
