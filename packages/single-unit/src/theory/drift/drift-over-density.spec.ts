import { describe, expect, it } from 'vitest';
import reference from '../../testing/reference-dying-unit.json' with { type: 'json' };
import { largestDifference } from '../../testing/reference-drift.js';
import { normalDensity } from '../../numerics/normal.js';
import { logNormalCdf } from '../../numerics/normal.js';
import { unitGeometry } from '../geometry.js';
import type { TheoryModel } from '../theory-model.js';
import { driftOverDensity } from './drift-over-density.js';
import { drift } from './drift.js';

const modelOf = (teacher: readonly number[]): TheoryModel => ({
  input: { size: 3, mean: Float64Array.of(0, 0, 1), covariance: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 0) },
  teacher: { kind: 'relu', weights: Float64Array.from(teacher) },
  rule: { kind: 'backprop', leak: 0 },
  noise: 0.1,
});

describe('driftOverDensity', () => {
  it.each(reference.rows)('keeps its digits at a = $a beside the teacher $teacher', (row) => {
    const model = modelOf(row.teacher);
    const weights = Float64Array.from(row.weights);
    const { scaled, logDensity } = driftOverDensity(model, weights);
    const largest = Math.max(...row.driftOverDensity.map(Math.abs));
    expect(largestDifference(scaled, row.driftOverDensity)).toBeLessThan(1e-13 * largest);
    expect(logDensity).toBeCloseTo(-(row.a ** 2) / 2 - Math.log(2 * Math.PI) / 2, 10);

    const { a } = unitGeometry(model.input, model.teacher.weights, weights);
    expect(Math.abs(logNormalCdf(a) / row.logP - 1)).toBeLessThan(1e-14);
    const density = normalDensity(a);
    const expected = row.driftOverDensity.map((value) => density * value);
    expect(largestDifference(drift(model, weights), expected)).toBeLessThanOrEqual(1e-13 * largest * density);
  });

  it('joins the plain form, and is 0 for a unit without variance', () => {
    const model = modelOf([0.5, 0.5, -0.3]);
    for (const a of [-3.999, 0, 2]) {
      const weights = Float64Array.of(0.6, 0.8, a);
      const { scaled, logDensity } = driftOverDensity(model, weights);
      const expected = drift(model, weights).map((value) => value / Math.exp(logDensity));
      expect(largestDifference(scaled, expected)).toBeLessThan(1e-13 * Math.max(...expected.map(Math.abs)));
    }
    const [below, above] = [-4 - 1e-9, -4 + 1e-9].map(
      (a) => driftOverDensity(model, Float64Array.of(0.6, 0.8, a)).scaled,
    );
    expect(largestDifference(below, above)).toBeLessThan(1e-7);
    expect(driftOverDensity(model, Float64Array.of(0, 0, -1))).toEqual({
      scaled: new Float64Array(3),
      logDensity: -Infinity,
    });
  });
});
