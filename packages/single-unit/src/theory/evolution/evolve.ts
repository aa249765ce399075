import { complete, type Stepwise } from '../../numerics/stepwise.js';
import { followInSteps, type Closure } from './closure.js';
import { Cubature } from './cubature.js';
import { LinearNoise } from './linear-noise.js';
import { MeanField } from './mean-field.js';
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
  return complete(evolveInSteps(closure, unit, start, grid));
}

/** `evolve`, yielding after every update. */
export function* evolveInSteps(
  closure: ClosureKind,
  unit: TrainedUnit,
  start: Start,
  grid: readonly number[],
): Stepwise<WeightEvolution[]> {
  const { size } = unit.input;
  const reduction = reductionOf(unit, start);
  if (!reduction) {
    const points = yield* followInSteps(closureOf(closure, unit, start), grid);
    return points.map(({ covariance, ...point }) => ({
      ...point,
      variance: point.mean.map((_, i) => covariance[i * (size + 1)]),
    }));
  }
  const reduced = reduce(unit, start, reduction);
  const points = yield* followInSteps(closureOf(closure, ...reduced, reduction), grid);
  return points.map(({ covariance, mean, ...point }) => ({
    ...point,
    mean: lift(reduction.basis, mean),
    variance: Float64Array.from({ length: size }, (_, i) => liftEntry(reduction, covariance, i, i)),
  }));
}

/** About how many nanoseconds an update takes. It weighs progress, and decides nothing in the results. */
export function closureTime(closure: ClosureKind, unit: TrainedUnit, start: Start): number {
  const size = reductionOf(unit, start)?.size ?? unit.input.size;
  switch (closure) {
    case 'mean-field':
      return 3000 + 3 * size ** 2;
    case 'linear-noise':
      return 8000 + 100 * size ** 2 + 10 * size ** 3;
    case 'cubature':
      return 2 * size * (8000 + 90 * size ** 2);
  }
}

function reductionOf(unit: TrainedUnit, start: Start): WhiteReduction | undefined {
  const inputs = unit.input.size - (unit.hasBias ? 1 : 0);
  if (!isIsotropic(start, inputs)) return undefined;
  return reduceWhiteInput(unit.input, unit.hasBias, [unit.teacher.weights, start.mean]);
}

function closureOf(kind: ClosureKind, unit: TrainedUnit, start: Start, reduction?: WhiteReduction): Closure {
  switch (kind) {
    case 'mean-field':
      return new MeanField(unit, start.mean);
    case 'linear-noise':
      return new LinearNoise(unit, start, reduction?.complement);
    case 'cubature':
      return new Cubature(unit, start, reduction?.complement);
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
