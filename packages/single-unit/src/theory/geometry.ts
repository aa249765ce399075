import type { InputMoments } from '../model/input-moments.js';
import { addScaled, dot, multiply, scaled } from '../numerics/matrix.js';

/**
 * The joint law of the unit's pre-activation s = w·x and the teacher's t = v·x for x ~ N(m, R), and how x depends on them:
 *
 *     s = meanS + deviationS z₁,   t = meanT + deviationT ρ z₁ + τ z₂,   x = m + r z₁ + ĉ z₂ + x⊥
 *
 * with independent standard normal z₁ and z₂, and x⊥ independent of both. Everything that the theory says of w is made of these.
 *
 * A unit whose pre-activation does not vary (w = 0, say) has deviationS = 0, a = ±∞ by the sign of s (−∞ at s = 0: inactive) and
 * ρ = 0. A teacher that does not vary has deviationT = 0 and b = ±∞ likewise.
 */
export interface UnitGeometry {
  readonly input: InputMoments;
  readonly meanS: number;
  readonly deviationS: number;
  /** meanS/deviationS: Pr[s > 0] = Φ(a). */
  readonly a: number;
  readonly meanT: number;
  readonly deviationT: number;
  /** meanT/deviationT: Pr[t > 0] = Φ(b). */
  readonly b: number;
  /** ρ, the correlation of s and t: the cosine of the angle between w and v in the metric of R. */
  readonly rho: number;
  /** √(1 − ρ²), from the residual and so with all its digits as ρ nears ±1. */
  readonly sine: number;
  /** τ: the standard deviation of t given s. */
  readonly tau: number;
  /** E[t | s = 0]. */
  readonly boundaryMeanT: number;
  /** boundaryMeanT/τ: Pr[t > 0 | s = 0] = Φ(η). */
  readonly eta: number;
  /** E[s | t = 0] over its standard deviation: Pr[s > 0 | t = 0] = Φ(ζ). */
  readonly zeta: number;
  /** r = Rw/deviationS, the covariance of x and z₁. */
  readonly r: Float64Array;
  /** ĉ, the covariance of x and z₂. */
  readonly residual: Float64Array;
  /** m₀ = m − a r = E[x | s = 0], the mean input on the unit's decision boundary; m where s does not vary. */
  readonly boundaryInput: Float64Array;
  /** meanT − meanS, with all its digits as w nears v. */
  readonly meanDifference: number;
  /** γ − 1, where γ = Cov(s, t)/Var(s); with all its digits as w nears v. */
  readonly gainDifference: number;
}

/**
 * O(n²).
 *
 * @param weights w, with the bias last, of `input.size` components
 * @param teacherWeights v, likewise
 */
export function unitGeometry(input: InputMoments, teacherWeights: Float64Array, weights: Float64Array): UnitGeometry {
  const { mean, covariance } = input;
  const difference = addScaled(teacherWeights.slice(), -1, weights);
  const covarianceWithS = multiply(covariance, weights);
  const covarianceWithT = multiply(covariance, teacherWeights);
  const deviationS = Math.sqrt(Math.max(0, dot(weights, covarianceWithS)));
  const deviationT = Math.sqrt(Math.max(0, dot(teacherWeights, covarianceWithT)));
  const meanS = dot(weights, mean);
  const meanT = dot(teacherWeights, mean);
  const a = standardized(meanS, deviationS);
  const b = standardized(meanT, deviationT);

  const variesS = deviationS > 0;
  const gainDifference = variesS ? dot(covarianceWithS, difference) / deviationS ** 2 : -1;
  const teacherResidual = residualWeights(weights, teacherWeights, difference, gainDifference, variesS);
  const covarianceWithResidual = multiply(covariance, teacherResidual);
  const tau = Math.sqrt(Math.max(0, dot(teacherResidual, covarianceWithResidual)));
  const boundaryMeanT = dot(teacherResidual, mean);
  const varies = variesS && deviationT > 0;
  const rho = varies ? clampCosine(((gainDifference + 1) * deviationS) / deviationT) : 0;
  const sine = varies ? Math.min(1, tau / deviationT) : 1;
  const eta = deviationT > 0 ? standardizedOrMiddle(boundaryMeanT, tau) : b;
  const r = variesS ? scaled(covarianceWithS, 1 / deviationS) : new Float64Array(input.size);
  return {
    input,
    meanS,
    deviationS,
    a,
    meanT,
    deviationT,
    b,
    rho,
    sine,
    tau,
    boundaryMeanT,
    eta,
    // From η rather than from a residual of its own: then the rounding errors of both cancel where w nears v.
    zeta: rho === 0 ? a : sine * a - rho * eta,
    r,
    residual: tau > 0 ? scaled(covarianceWithResidual, 1 / tau) : new Float64Array(input.size),
    boundaryInput: variesS ? addScaled(mean.slice(), -a, r) : mean,
    meanDifference: dot(difference, mean),
    gainDifference,
  };
}

/** The same unit seen from its inactive side: w becomes −w. */
export function reflectUnit(geometry: UnitGeometry): UnitGeometry {
  return {
    ...geometry,
    meanS: -geometry.meanS,
    // A pre-activation that is always 0 counts as inactive: then the inactive side has all the input.
    a: geometry.deviationS === 0 && geometry.meanS === 0 ? Infinity : -geometry.a,
    rho: -geometry.rho,
    zeta: -geometry.zeta,
    r: scaled(geometry.r, -1),
    meanDifference: geometry.meanDifference + 2 * geometry.meanS,
    gainDifference: -geometry.gainDifference - 2,
  };
}

/** The same unit beside the opposite teacher: v becomes −v. */
export function reflectTeacher(geometry: UnitGeometry): UnitGeometry {
  return {
    ...geometry,
    meanT: -geometry.meanT,
    b: -geometry.b,
    rho: -geometry.rho,
    boundaryMeanT: -geometry.boundaryMeanT,
    eta: -geometry.eta,
    residual: scaled(geometry.residual, -1),
    meanDifference: geometry.meanDifference - 2 * geometry.meanT,
    gainDifference: -geometry.gainDifference - 2,
  };
}

/** mean/deviation; without deviation ±∞ by the mean's sign, a mean of 0 counting as negative. */
function standardized(mean: number, deviation: number): number {
  return deviation > 0 ? mean / deviation : mean > 0 ? Infinity : -Infinity;
}

/** The same where a mean of 0 lies on the boundary: half on either side. */
function standardizedOrMiddle(mean: number, deviation: number): number {
  return deviation === 0 && mean === 0 ? 0 : standardized(mean, deviation);
}

function clampCosine(value: number): number {
  return Math.max(-1, Math.min(1, value));
}

/** v − γw, the part of v that is R-orthogonal to w: from v − w where that is shorter, so that it keeps its digits near w. */
function residualWeights(
  weights: Float64Array,
  teacherWeights: Float64Array,
  difference: Float64Array,
  gainDifference: number,
  variesS: boolean,
): Float64Array {
  if (!variesS) return teacherWeights;
  return dot(difference, difference) < dot(teacherWeights, teacherWeights)
    ? addScaled(difference.slice(), -gainDifference, weights)
    : addScaled(teacherWeights.slice(), -(gainDifference + 1), weights);
}
