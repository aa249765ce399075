import { bivariateNormalCdf } from '../../numerics/bivariate-normal.js';
import { normalCdf, normalDensity } from '../../numerics/normal.js';
import type { TheoryModel } from '../theory-model.js';
import { nonlinearErrorDrift, type ErrorLaw } from './error-nonlinearity.js';

/**
 * The drift of backpropagation that learns from large errors only, Δw = step · e 1(|e| > threshold) 1(s > 0) x, n numbers.
 *
 * Closed for a linear or zero teacher; an integral over t for a ReLU, accurate where there is noise.
 *
 * @param threshold ≥ 0
 */
export function errorGatedDrift(model: TheoryModel, weights: Float64Array, threshold: number): Float64Array {
  return nonlinearErrorDrift(model, weights, {
    breaks: [-threshold, threshold],
    value: (error) => (Math.abs(error) > threshold ? error : 0),
    active: (law) => above(law, threshold) - above(opposite(law), threshold),
    onBoundary: ({ boundaryMean, boundaryDeviation }) =>
      tailMean(boundaryMean, boundaryDeviation, threshold) - tailMean(-boundaryMean, boundaryDeviation, threshold),
    slope: (law) => [law, opposite(law)].reduce((sum, side) => sum + slopeAbove(side, threshold), 0),
  });
}

/** The law of −e. */
function opposite(law: ErrorLaw): ErrorLaw {
  return { ...law, mean: -law.mean, correlation: -law.correlation, boundaryMean: -law.boundaryMean };
}

/** E[1(s > 0) e 1(e > threshold)]. */
function above({ a, mean, deviation, correlation, sine }: ErrorLaw, threshold: number): number {
  const b = (mean - threshold) / deviation;
  let fromBoundaries = normalDensity(b) * normalCdf(over(a - correlation * b, sine));
  // Without correlation a may be infinite.
  if (correlation !== 0) fromBoundaries += correlation * normalDensity(a) * normalCdf(over(b - correlation * a, sine));
  return mean * bivariateNormalCdf(a, b, correlation, sine) + deviation * fromBoundaries;
}

/** E[1(s > 0) ψ′(e)] of the branch e > threshold: the slope 1, and the jump by the threshold at it. */
function slopeAbove({ a, mean, deviation, correlation, sine }: ErrorLaw, threshold: number): number {
  const b = (mean - threshold) / deviation;
  const jump = (threshold * normalDensity(b)) / deviation;
  return bivariateNormalCdf(a, b, correlation, sine) + jump * normalCdf(over(a - correlation * b, sine));
}

/** E[X 1(X > threshold)] of a normal X. */
function tailMean(mean: number, deviation: number, threshold: number): number {
  if (deviation === 0) return mean > threshold ? mean : 0;
  const distance = (mean - threshold) / deviation;
  return mean * normalCdf(distance) + deviation * normalDensity(distance);
}

/** value/deviation, 0 where both vanish. */
function over(value: number, deviation: number): number {
  return value === 0 ? 0 : value / deviation;
}
