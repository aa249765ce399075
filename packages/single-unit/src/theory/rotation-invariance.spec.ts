import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomUnit, RULES_AND_TEACHERS } from '../testing/random-unit.js';
import { largestDifference } from '../testing/reference-drift.js';
import { evaluateState } from './evaluate.js';
import type { TheoryModel } from './theory-model.js';

/** A rotation in the plane of the first two axes, applied to a vector. */
function rotate(x: Float64Array, angle: number): Float64Array {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const rotated = x.slice();
  rotated[0] = cos * x[0] - sin * x[1];
  rotated[1] = sin * x[0] + cos * x[1];
  return rotated;
}

/** Rows, then columns. */
function rotateMatrix(matrix: Float64Array, n: number, angle: number): Float64Array {
  const rotateRows = (m: Float64Array) =>
    Float64Array.from(Array.from({ length: n }, (_, i) => [...rotate(m.slice(i * n, (i + 1) * n), angle)]).flat());
  const transpose = (m: Float64Array) => m.map((_, k) => m[(k % n) * n + Math.floor(k / n)]);
  return transpose(rotateRows(transpose(rotateRows(matrix))));
}

describe.each(RULES_AND_TEACHERS)('what theory says of $rule under a $teacher teacher', ({ rule, teacher }) => {
  it('turns with the input, the teacher and the unit', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: -3, max: 3, noNaN: true }), (seed, angle) => {
        const { model, weights } = randomUnit(seed);
        const taught = model(rule, teacher);
        const { size, mean, covariance } = taught.input;
        const turned: TheoryModel = {
          ...taught,
          input: { size, mean: rotate(mean, angle), covariance: rotateMatrix(covariance, size, angle) },
          teacher: { kind: teacher, weights: rotate(taught.teacher.weights, angle) },
        };
        const before = evaluateState(taught, weights);
        const after = evaluateState(turned, rotate(weights, angle));
        const close = (actual: ArrayLike<number>, expected: Float64Array) => {
          const scale = 1 + Math.max(...expected.map(Math.abs));
          expect(largestDifference(actual, expected)).toBeLessThan(1e-10 * scale);
        };
        close(after.drift, rotate(before.drift, angle));
        for (const name of ['jacobian', 'q', 'a2'] as const) {
          close(after[name], rotateMatrix(before[name], size, angle));
        }
        for (const name of ['p', 'rho', 'mse', 'meanOutput', 'meanSquareOutput'] as const) {
          close([after[name]], Float64Array.of(before[name]));
        }
      }),
      { numRuns: 30 },
    );
  });
});
