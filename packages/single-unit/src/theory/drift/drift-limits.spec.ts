import { describe, expect, it } from 'vitest';
import { inactiveSide, RULE_KINDS } from '../../model/update-rule.js';
import { addScaled, dot, multiply, scaled } from '../../numerics/matrix.js';
import { randomUnit } from '../../testing/random-unit.js';
import { largestDifference } from '../../testing/reference-drift.js';
import { reflectUnit, unitGeometry } from '../geometry.js';
import { activeCorrelation } from '../half-space-moments.js';
import type { TheoryModel } from '../theory-model.js';
import { drift } from './drift.js';

const length = (x: Float64Array) => Math.sqrt(dot(x, x));

/** A₂(w) x, and A₂(−w) x. */
function correlations({ input, teacher }: TheoryModel, w: Float64Array, x: Float64Array) {
  const geometry = unitGeometry(input, teacher.weights, w);
  const [active, inactive] = [geometry, reflectUnit(geometry)].map(activeCorrelation);
  return { active: multiply(active, x), inactive: multiply(inactive, x) };
}

describe.each(RULE_KINDS)('the drift of %s, with the angle θ between w and v,', (rule) => {
  const { model, weights } = randomUnit(7);
  const taught = model(rule, 'relu');
  const v = taught.teacher.weights;
  const { slope, gate } = inactiveSide(taught.rule);

  it('tends to what is left at w = v as θ → 0 under a ReLU teacher: nothing, but for a leaky output', () => {
    const rest = scaled(correlations(taught, v, v).inactive, -gate * slope);
    expect(largestDifference(drift(taught, v), rest)).toBeLessThan(1e-15);
    for (const distance of [1e-4, 1e-8, 1e-12]) {
      const near = addScaled(v.slice(), distance, weights);
      if (slope !== 0) {
        expect(largestDifference(drift(taught, near), rest)).toBeLessThan(100 * distance);
        continue;
      }
      const expected = scaled(correlations(taught, v, addScaled(near.slice(), -1, v)).active, -1);
      const error = largestDifference(drift(taught, near), expected) / length(expected);
      expect(error).toBeLessThan(100 * distance + 1e-15);
    }
  });

  it('tends to ½R(gate · v − w − gate · slope · w) as θ → π, for inputs of mean 0: only an inactive unit has a signal', () => {
    const { input } = taught;
    const centred: TheoryModel = { ...taught, input: { ...input, mean: new Float64Array(input.size) } };
    for (const deviation of [1e-4, 1e-8, 0]) {
      const opposite = addScaled(scaled(v, -2), deviation, weights);
      const sum = addScaled(scaled(v, gate), -1 - gate * slope, opposite);
      const expected = scaled(multiply(input.covariance, sum), 0.5);
      expect(largestDifference(drift(centred, opposite), expected)).toBeLessThan(deviation + 1e-15);
    }
  });

  it('is A₂(w)(v − w) + gate · A₂(−w)(v − slope · w) under a linear teacher, at any angle', () => {
    const linear = model(rule, 'linear');
    for (const w of [weights, v, scaled(v, -2), addScaled(v.slice(), 1e-6, weights)]) {
      const expected = correlations(linear, w, addScaled(v.slice(), -1, w)).active;
      addScaled(expected, gate, correlations(linear, w, addScaled(v.slice(), -slope, w)).inactive);
      expect(largestDifference(drift(linear, w), expected)).toBeLessThan(1e-14 * (length(v) + length(w)));
    }
  });
});
