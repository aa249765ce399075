import { ReluctantError } from '@reluctant/core';
import { addScaled, addSymmetricOuter, dot, matrixProduct, multiply } from '../../numerics/matrix.js';
import { complete, type Stepwise } from '../../numerics/stepwise.js';
import { followInSteps, largest, largestDeviation, type Closure } from './closure.js';
import type { EvolutionPoint, Start, TrainedUnit } from './trained-unit.js';

/** Why the moments of a unit do not close; undefined where `exactLinearTeacher` applies. */
export function exactnessProblem(unit: TrainedUnit): string | undefined {
  if (unit.teacher.kind !== 'linear') return 'The teacher is not linear.';
  if (unit.rule.kind !== 'backprop') return `The rule is ${unit.rule.kind}, not backprop.`;
  if (unit.input.mean.some((mean) => mean !== 0)) return 'The input has a mean, or a bias.';
  if (unit.momentum !== 0 || unit.weightDecay !== 0) return 'There is momentum or weight decay.';
  return undefined;
}

/**
 * A linear teacher and inputs of mean 0 without a bias, learnt by `backprop`: the first two moments of the weights close without
 * any approximation, because the unit's gate halves every even moment of the input. With D = w − v and K₂ = E[D Dᵀ],
 *
 *     E[D] ← (I − μR/2) E[D]
 *     K₂ ← K₂ − μ/2 (R K₂ + K₂ R) + μ²/(2B) (2 R K₂ R + R tr(R K₂) + σ² R) + μ² (1 − 1/B)/4 R K₂ R
 *
 * which is LMS at half the rate. Pr[y>0] is 1/2 throughout, and E[(d − y)²] = σ² + vᵀRv/2 + tr(R K₂)/2.
 *
 * @param grid numbers of updates, increasing, from 0 on
 * @throws ReluctantError `CONFIG_INVALID` where `exactnessProblem` has something to say, `RUN_DIVERGED`
 */
export function exactLinearTeacher(unit: TrainedUnit, start: Start, grid: readonly number[]): EvolutionPoint[] {
  return complete(exactLinearTeacherInSteps(unit, start, grid));
}

/** `exactLinearTeacher`, yielding after every update. */
export function exactLinearTeacherInSteps(
  unit: TrainedUnit,
  start: Start,
  grid: readonly number[],
): Stepwise<EvolutionPoint[]> {
  const problem = exactnessProblem(unit);
  if (problem)
    throw new ReluctantError('CONFIG_INVALID', `The exact recursion of the moments does not apply. ${problem}`);
  return followInSteps(new ExactLinearTeacher(unit, start), grid);
}

/** About how many nanoseconds an update of so many weights takes. It weighs progress, and decides nothing in the results. */
export const exactLinearTeacherTime = (size: number): number => 5000 + 5 * size ** 3;

class ExactLinearTeacher implements Closure {
  /** E[D]. */
  private readonly deviation: Float64Array;
  /** K₂. */
  private readonly secondMoment: Float64Array;

  constructor(
    private readonly unit: TrainedUnit,
    start: Start,
  ) {
    this.deviation = addScaled(start.mean.slice(), -1, unit.teacher.weights);
    this.secondMoment = addSymmetricOuter(
      start.covariance?.slice() ?? new Float64Array(start.mean.length ** 2),
      1,
      this.deviation,
    );
  }

  magnitude(): number {
    return Math.max(largest(this.deviation), largestDeviation(this.secondMoment, this.deviation.length));
  }

  advance(): void {
    const { unit, deviation, secondMoment } = this;
    const { stepSize, batchSize, noise } = unit;
    const size = deviation.length;
    const { covariance } = unit.input;
    addScaled(deviation, -stepSize / 2, multiply(covariance, deviation));

    const product = matrixProduct(covariance, secondMoment, size);
    const sandwich = matrixProduct(product, covariance, size);
    const own = stepSize ** 2 / batchSize / 2;
    addScaled(secondMoment, 2 * own + (stepSize ** 2 * (1 - 1 / batchSize)) / 4, sandwich);
    addScaled(secondMoment, own * (trace(product, size) + noise ** 2), covariance);
    addScaled(secondMoment, -stepSize / 2, product);
    addScaled(secondMoment, -stepSize / 2, transposed(product, size));
  }

  observe(step: number): EvolutionPoint {
    const { unit, deviation, secondMoment } = this;
    const { weights } = unit.teacher;
    const { covariance } = unit.input;
    const size = deviation.length;
    const excess = trace(matrixProduct(covariance, secondMoment, size), size) / 2;
    const signal = dot(weights, multiply(covariance, weights)) / 2;
    return {
      step,
      mean: addScaled(weights.slice(), 1, deviation),
      covariance: addSymmetricOuter(secondMoment.slice(), -1, deviation),
      activation: 0.5,
      squaredError: unit.noise ** 2 + signal + excess,
      threshold: { mean: 0, deviation: 0 },
    };
  }
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += matrix[i * (size + 1)];
  return sum;
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, k) => matrix[(k % size) * size + Math.floor(k / size)]);
}
