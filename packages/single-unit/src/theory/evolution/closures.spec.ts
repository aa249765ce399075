import { describe, expect, it } from 'vitest';
import type { RuleKind } from '../../model/update-rule.js';
import { REFERENCE_TRAJECTORIES, referenceTrajectory } from '../../testing/reference-trajectories.js';
import rules from '../../testing/reference-rules.json' with { type: 'json' };
import { cubature } from './cubature.js';
import { exactLinearTeacher } from './exact-linear-teacher.js';
import { linearNoise } from './linear-noise.js';
import { meanField } from './mean-field.js';
import type { EvolutionPoint } from './trained-unit.js';

type Expected = { mean: number[]; activation: number; squaredError: number; traceCovariance?: number };

function traceOf({ covariance, mean }: EvolutionPoint): number {
  return mean.reduce((sum, _, i) => sum + covariance[i * (mean.length + 1)], 0);
}

/** The largest difference from the reference over the whole trajectory, of any quantity. */
function largestError(points: readonly EvolutionPoint[], expected: readonly Expected[]): number {
  return points.reduce((largest, point, i) => {
    const { mean, activation, squaredError, traceCovariance } = expected[i];
    return Math.max(
      largest,
      ...mean.map((value, j) => Math.abs(value - point.mean[j])),
      Math.abs(activation - point.activation),
      Math.abs(squaredError - point.squaredError),
      traceCovariance === undefined ? 0 : Math.abs(traceCovariance - traceOf(point)),
    );
  }, 0);
}

/** Computed once, for all that is said of them. */
const cubatures = new Map(
  REFERENCE_TRAJECTORIES.map(({ id, unit, start, grid }) => [id, cubature(unit, { mean: start }, grid)]),
);

describe.each(REFERENCE_TRAJECTORIES)('the closures on $id', ({ id, unit, start, grid, points }) => {
  it('has the mean field to 1e-9', () => {
    expect(
      largestError(
        meanField(unit, start, grid),
        points.map(({ C0 }) => C0),
      ),
    ).toBeLessThan(1e-9);
  });

  it('has the linear noise to 1e-8', () => {
    expect(
      largestError(
        linearNoise(unit, { mean: start }, grid),
        points.map(({ C1 }) => C1),
      ),
    ).toBeLessThan(1e-8);
  });

  it('has the cubature to 1e-6', () => {
    expect(
      largestError(
        cubatures.get(id)!,
        points.map(({ C2 }) => C2),
      ),
    ).toBeLessThan(1e-6);
  });
});

describe('the exact recursion for a linear teacher', () => {
  const { unit, start, grid, points } = referenceTrajectory('S1');
  const exact = exactLinearTeacher(unit, { mean: start }, grid);

  it('agrees with the reference, and the cubature with it', () => {
    const expected = points.map((point) => ({ ...point.C2, ...('exact' in point ? point.exact : undefined) }));
    expect(largestError(exact, expected)).toBeLessThan(1e-12);
    const approximate = cubature(unit, { mean: start }, grid);
    exact.forEach(({ covariance }, i) => {
      covariance.forEach((value, k) => expect(Math.abs(value - approximate[i].covariance[k])).toBeLessThan(1e-12));
    });
  });

  it('starts from a law of the weights, and averages over batches, as the cubature does', () => {
    const batches = { ...unit, batchSize: 4 };
    const law = { mean: start, covariance: Float64Array.from(unit.input.covariance, (value) => value / 3) };
    const approximate = cubature(batches, law, [0, 1, 30]);
    exactLinearTeacher(batches, law, [0, 1, 30]).forEach((point, i) => {
      expect(approximate[i].squaredError).toBeCloseTo(point.squaredError, 11);
      point.covariance.forEach((value, k) => expect(approximate[i].covariance[k]).toBeCloseTo(value, 12));
    });
  });

  it('refuses what it does not hold for', () => {
    for (const other of [
      { ...unit, rule: { kind: 'lms', leak: 0 } } as const,
      { ...unit, momentum: 0.5 },
      { ...unit, input: { ...unit.input, mean: Float64Array.of(1, 0, 0, 0) } },
      { ...unit, teacher: { ...unit.teacher, kind: 'relu' } } as const,
    ]) {
      expect(() => exactLinearTeacher(other, { mean: start }, grid)).toThrow('does not apply');
    }
  });
});

/** The largest distance of E[w] from the simulated means, in their standard errors. */
function largestDeviation(points: readonly EvolutionPoint[], simulated: readonly { simulation: Simulated }[]): number {
  return points.slice(1).reduce((largest, { mean }, i) => {
    const { mean: means, meanError } = simulated[i + 1].simulation;
    return Math.max(largest, ...means.map((value, j) => Math.abs(value - mean[j]) / meanError[j]));
  }, 0);
}
type Simulated = { mean: number[]; meanError: number[] };

describe('the cubature beside the Monte Carlo reference', () => {
  it.each(['S1', 'S3', 'S5', 'S6'])('agrees on %s', (id) => {
    const { points } = referenceTrajectory(id);
    expect(largestDeviation(cubatures.get(id)!, points)).toBeLessThan(4);
  });

  it('has an advantage over the mean field, which is off by O(μ)', () => {
    const { unit, start, grid, points } = referenceTrajectory('S5');
    expect(largestDeviation(meanField(unit, start, grid), points)).toBeGreaterThan(40);
  });

  it('fails on F1, which starts at the boundary between dying and recovering, as do the others', () => {
    const { unit, start, grid, points } = referenceTrajectory('F1');
    expect(largestDeviation(cubatures.get('F1')!, points)).toBeGreaterThan(20);
    expect(largestDeviation(meanField(unit, start, grid), points)).toBeGreaterThan(20);
  });
});

describe('the mean field of other rules, from the start of the dying unit S5', () => {
  it.each(rules.rules)('agrees with the reference for $kind, leak $leak', ({ kind, leak, points }) => {
    const { unit, start } = referenceTrajectory('S5');
    const other = { ...unit, rule: { kind: kind as RuleKind, leak } };
    const evolution = meanField(
      other,
      start,
      points.map(({ step }) => step),
    );
    points.forEach((point, i) => expect(Math.abs(evolution[i].activation - point.meanField)).toBeLessThan(1e-9));
  });
});
