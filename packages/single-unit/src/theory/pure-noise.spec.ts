import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULE_KINDS, inactiveSide } from '../model/update-rule.js';
import { addScaled } from '../numerics/matrix.js';
import { randomUnit } from '../testing/random-unit.js';
import { largestDifference } from '../testing/reference-drift.js';
import { whiteUnit } from '../testing/white-unit.js';
import { evaluateState } from './evaluate.js';
import { cubature } from './evolution/cubature.js';
import { linearNoise } from './evolution/linear-noise.js';
import { meanField } from './evolution/mean-field.js';
import type { TrainedUnit } from './evolution/trained-unit.js';
import { reflectUnit, unitGeometry } from './geometry.js';
import { activeCorrelation } from './half-space-moments.js';
import { meanSquareOperators } from './stability/mean-square-operators.js';

const trained = (model: ReturnType<ReturnType<typeof randomUnit>['model']>): TrainedUnit => ({
  ...model,
  hasBias: false,
  stepSize: 0.05,
  batchSize: 1,
  momentum: 0,
  weightDecay: 0,
});

describe.each(RULE_KINDS)('an error of noise alone, by the rule %s', (rule) => {
  it('has no drift, and updates of covariance σ² times that of the inputs where the gate is open', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { model, weights } = randomUnit(seed);
        const noisy = model(rule, 'none');
        const { drift, jacobian, q, mse, excess } = evaluateState(noisy, weights);
        expect([...drift, ...jacobian].every((value) => value === 0)).toBe(true);
        expect([mse, excess]).toEqual([noisy.noise ** 2, 0]);
        const geometry = unitGeometry(noisy.input, noisy.teacher.weights, weights);
        const open = activeCorrelation(geometry);
        addScaled(open, inactiveSide(noisy.rule).gate ** 2, activeCorrelation(reflectUnit(geometry)));
        const expected = open.map((value) => noisy.noise ** 2 * value);
        expect(largestDifference(q, expected)).toBeLessThan(1e-14 * (1 + Math.max(...expected)));
      }),
    );
  });

  it('leaves the mean of the weights where it is, in every closure, while their spread grows', () => {
    const { model, weights: start } = randomUnit(3);
    const unit = trained(model(rule, 'none'));
    for (const points of [
      meanField(unit, start, [0, 100]),
      linearNoise(unit, { mean: start }, [0, 100]),
      cubature(unit, { mean: start }, [0, 100]),
    ]) {
      expect(largestDifference(points[1].mean, start)).toBe(0);
      expect(points[1].squaredError).toBeCloseTo(0.09, 14);
    }
    const [, early, late] = cubature(unit, { mean: start }, [0, 50, 100]);
    start.forEach((_, i) => {
      const at = i * (start.length + 1);
      if (unit.input.covariance[at] + unit.input.mean[i] ** 2 === 0) return;
      expect(late.covariance[at]).toBeGreaterThan(early.covariance[at]);
    });
  });
});

describe('the covariance of weights that learn noise', () => {
  it('is kμ²σ²R/2 for inputs of mean 0 without a bias: the gate is open half of the time', () => {
    const { model, weights: start } = randomUnit(4);
    const unit = trained(model('backprop', 'none'));
    const centred = { ...unit, input: { ...unit.input, mean: new Float64Array(unit.input.size) } };
    const expected = centred.input.covariance.map((value) => (40 * 0.05 ** 2 * centred.noise ** 2 * value) / 2);
    for (const closure of [linearNoise, cubature]) {
      const [{ covariance }] = closure(centred, { mean: start }, [40]);
      expect(largestDifference(covariance, expected)).toBeLessThan(1e-13);
    }
  });

  it('is that of a random walk with momentum and batches, where the gate is always open', () => {
    const [steps, momentum, batchSize, stepSize] = [30, 0.6, 3, 0.05];
    const unit = whiteUnit([1, 0.5, -1], true, {
      ...{ teacher: { kind: 'none', weights: Float64Array.of(1, 0.5, -1) }, rule: { kind: 'lms', leak: 0 } },
      ...{ noise: 0.7, stepSize, momentum, batchSize },
    });
    const [{ covariance }] = cubature(unit, { mean: Float64Array.of(0.4, -0.3, 0.2) }, [steps]);
    // A gradient of j updates ago has moved the weights by μ(1 + β + … + β^(j−1)).
    const shares = Array.from({ length: steps }, (_, j) => ((1 - momentum ** (j + 1)) / (1 - momentum)) ** 2);
    const variance = ((stepSize * 0.7) ** 2 / batchSize) * shares.reduce((sum, share) => sum + share, 0);
    const expected = Float64Array.from({ length: 9 }, (_, k) => (k % 4 === 0 ? variance : 0));
    expect(largestDifference(covariance, expected)).toBeLessThan(1e-13);
  });
});

it('has no bound of the step size, since nothing restores weights that learn noise', () => {
  const unit = whiteUnit([1, 0, -1], true, { teacher: { kind: 'none', weights: Float64Array.of(1, 0, -1) } });
  expect(() => meanSquareOperators(unit, true)).toThrow('nothing restores the weights');
});
