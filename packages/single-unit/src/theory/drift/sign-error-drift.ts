import { bivariateNormalCdf } from '../../numerics/bivariate-normal.js';
import { normalCdf, normalDensity } from '../../numerics/normal.js';
import type { TheoryModel } from '../theory-model.js';
import { nonlinearErrorDrift } from './error-nonlinearity.js';

/**
 * The drift of backpropagation that only sees the error's sign, Δw = step · sign(e) 1(s > 0) x, n numbers.
 * Closed for a linear or zero teacher; an integral over t for a ReLU, accurate where there is noise.
 */
export function signErrorDrift(model: TheoryModel, weights: Float64Array): Float64Array {
  return nonlinearErrorDrift(model, weights, {
    breaks: [0],
    value: Math.sign,
    active: ({ a, mean, deviation, correlation, sine }) => {
      const b = mean / deviation;
      return bivariateNormalCdf(a, b, correlation, sine) - bivariateNormalCdf(a, -b, -correlation, sine);
    },
    onBoundary: ({ boundaryMean, boundaryDeviation }) =>
      boundaryDeviation === 0 ? Math.sign(boundaryMean) : 2 * normalCdf(boundaryMean / boundaryDeviation) - 1,
    slope: ({ a, mean, deviation, correlation, sine }) => {
      const b = mean / deviation;
      const distance = a - correlation * b;
      return ((2 * normalDensity(b)) / deviation) * normalCdf(distance === 0 ? 0 : distance / sine);
    },
  });
}
