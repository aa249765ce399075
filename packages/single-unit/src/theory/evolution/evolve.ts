import { cubature } from './cubature.js';
import { linearNoise } from './linear-noise.js';
import { meanField } from './mean-field.js';
import type { EvolutionPoint, Start, TrainedUnit } from './trained-unit.js';
import { lift, liftEntry, project, reduceWhiteInput, type WhiteReduction } from './white-reduction.js';

/** `mean-field` (C0), `linear-noise` (C1), `cubature` (C2): what is kept of the law of the weights from update to update. */
export const CLOSURES = ['mean-field', 'linear-noise', 'cubature'] as const;
export type ClosureKind = (typeof CLOSURES)[number];

/** What a closure says of all weights after so many updates. */
export interface WeightEvolution extends Omit<EvolutionPoint, 'covariance'> {
  /** Of each of the n weights; 0 in the mean field. */
  readonly variance: Float64Array;
}

/**
 * How the law of the weights evolves by a closure. Inputs of covariance c I are computed with in a few order parameters, at a cost
 * that doesn't depend on their number; others cost O(n²) (mean field) or O(n³) an update.
 *
 * @param start its covariance, where there is one, must be isotropic (the bias apart) for the reduction to apply
 * @param grid numbers of updates, increasing, from 0 on
 * @throws ReluctantError `RUN_DIVERGED` where the moments diverge
 */
export function evolve(
  closure: ClosureKind,
  unit: TrainedUnit,
  start: Start,
  grid: readonly number[],
): WeightEvolution[] {
  const { size } = unit.input;
  const reduction = isIsotropic(start, size - (unit.hasBias ? 1 : 0))
    ? reduceWhiteInput(unit.input, unit.hasBias, [unit.teacher.weights, start.mean])
    : undefined;
  if (!reduction) {
    return run(closure, unit, start, grid).map(({ covariance, ...point }) => ({
      ...point,
      variance: point.mean.map((_, i) => covariance[i * (size + 1)]),
    }));
  }
  return run(closure, ...reduce(unit, start, reduction), grid, reduction).map(({ covariance, mean, ...point }) => ({
    ...point,
    mean: lift(reduction.basis, mean),
    variance: Float64Array.from({ length: size }, (_, i) => liftEntry(reduction, covariance, i, i)),
  }));
}

function run(
  closure: ClosureKind,
  unit: TrainedUnit,
  start: Start,
  grid: readonly number[],
  reduction?: WhiteReduction,
): EvolutionPoint[] {
  switch (closure) {
    case 'mean-field':
      return meanField(unit, start.mean, grid);
    case 'linear-noise':
      return linearNoise(unit, start, grid, reduction?.complement);
    case 'cubature':
      return cubature(unit, start, grid, reduction?.complement);
  }
}

function reduce(unit: TrainedUnit, start: Start, { basis, input }: WhiteReduction): [TrainedUnit, Start] {
  const { size } = unit.input;
  const weights = project(basis, unit.teacher.weights);
  const covariance = new Float64Array(input.size ** 2);
  // Isotropic but for the bias, which is a coordinate of its own.
  for (let i = 0; i < input.size; i++) {
    const last = unit.hasBias && i === input.size - 1;
    covariance[i * (input.size + 1)] = start.covariance?.[last ? size * size - 1 : 0] ?? 0;
  }
  return [
    { ...unit, input, teacher: { ...unit.teacher, weights } },
    { mean: project(basis, start.mean), covariance },
  ];
}

function isIsotropic({ covariance, mean }: Start, inputs: number): boolean {
  const size = mean.length;
  return (
    covariance?.every((entry, k) => {
      const [i, j] = [Math.floor(k / size), k % size];
      return i === j ? i >= inputs || entry === covariance[0] : entry === 0;
    }) ?? true
  );
}
