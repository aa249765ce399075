import { Random } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot, multiply } from '../numerics/matrix.js';
import { normalCdf, normalDensity } from '../numerics/normal.js';
import { rectifiedMean } from '../numerics/rectified-mean.js';
import { randomUnit } from '../testing/random-unit.js';
import { largestDifference } from '../testing/reference-drift.js';
import { largestDeviation } from '../testing/simulated-update.js';
import { unitGeometry } from './geometry.js';
import {
  activeCorrelation,
  activeFourthMoment,
  activeInput,
  meanOutput,
  meanSquareOutput,
  outputInputMoment,
} from './half-space-moments.js';

const geometryOf = (seed: number) => {
  const unit = randomUnit(seed);
  const { input, teacher } = unit.model('backprop', 'linear');
  return { unit, weights: unit.weights, geometry: unitGeometry(input, teacher.weights, unit.weights) };
};

describe('moments of the input where the unit is active', () => {
  it('are their closed forms about the mean', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { weights, geometry } = geometryOf(seed);
        const { a, r, meanS, deviationS, input } = geometry;
        const [cdf, density] = [normalCdf(a), normalDensity(a)];
        const n = input.size;
        const scale = 1e-13 * (1 + dot(input.mean, input.mean) + Math.max(...input.covariance)) * (1 + a * a);
        expect(
          largestDifference(
            activeInput(geometry),
            input.mean.map((m, i) => cdf * m + density * r[i]),
          ),
        ).toBeLessThan(scale);
        const a2 = Float64Array.from({ length: n * n }, (_, k) => {
          const [i, j] = [Math.floor(k / n), k % n];
          const { mean, covariance } = input;
          const linear = density * (mean[i] * r[j] + r[i] * mean[j] - a * r[i] * r[j]);
          return cdf * (covariance[k] + mean[i] * mean[j]) + linear;
        });
        expect(largestDifference(activeCorrelation(geometry), a2)).toBeLessThan(scale);
        const outputs = scale * (1 + deviationS) ** 2;
        expect(Math.abs(meanOutput(geometry) - deviationS * rectifiedMean(a))).toBeLessThan(outputs);
        const square = (meanS ** 2 + deviationS ** 2) * cdf + meanS * deviationS * density;
        expect(Math.abs(meanSquareOutput(geometry) - square)).toBeLessThan(outputs);
        expect(
          largestDifference(outputInputMoment(geometry), multiply(activeCorrelation(geometry), weights)),
        ).toBeLessThan(outputs);
      }),
    );
  });

  it('is half the correlation for every w where the mean is 0', () => {
    const covariance = Float64Array.of(2, 0.5, 0.5, 1);
    const input = { size: 2, mean: new Float64Array(2), covariance };
    const geometry = unitGeometry(input, Float64Array.of(1, 0), Float64Array.of(-0.3, 4));
    expect(
      largestDifference(
        activeCorrelation(geometry),
        covariance.map((value) => value / 2),
      ),
    ).toBeLessThan(1e-15);
  });

  it.each([1, 2, 3])('has fourth moments that agree with drawn inputs (unit %d)', (seed) => {
    const { unit, weights, geometry } = geometryOf(seed);
    const n = geometry.input.size;
    // Any symmetric K, here with entries of both signs.
    const matrix = Float64Array.from({ length: n * n }, (_, k) => Math.cos(Math.floor(k / n) + (k % n)));
    const random = new Random(seed, 'fourth');
    const deviation = largestDeviation(activeFourthMoment(geometry, matrix), 60_000, (values) => {
      const x = unit.drawInput(random);
      const form = dot(weights, x) > 0 ? dot(x, multiply(matrix, x)) : 0;
      for (let k = 0; k < n * n; k++) values[k] = form * x[Math.floor(k / n)] * x[k % n];
    });
    expect(deviation).toBeLessThan(4.5);
  });

  it('has fourth moments of white input in closed form: (K + Kᵀ + tr K)/2', () => {
    const input = { size: 2, mean: new Float64Array(2), covariance: Float64Array.of(1, 0, 0, 1) };
    const geometry = unitGeometry(input, Float64Array.of(1, 0), Float64Array.of(0.6, -0.8));
    const fourth = activeFourthMoment(geometry, Float64Array.of(3, 0.5, 0.5, -1));
    expect(largestDifference(fourth, [4, 0.5, 0.5, 0])).toBeLessThan(1e-14);
  });
});
