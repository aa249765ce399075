import { ReluctantError } from '@reluctant/core';
import type { UnitModel } from '../model/unit-model.js';
import { normalCdf } from '../numerics/normal.js';
import type { Stepwise } from '../numerics/stepwise.js';
import { noSignalThreshold } from '../theory/death/no-signal-law.js';
import { closureTime, evolveInSteps, type ClosureKind, type WeightEvolution } from '../theory/evolution/evolve.js';
import {
  exactLinearTeacherInSteps,
  exactLinearTeacherTime,
  exactnessProblem,
} from '../theory/evolution/exact-linear-teacher.js';
import { CLOSURE_NAMES } from './evolution-options.js';

/** What one theory says at every point of the grid; what it does not say is absent. */
export interface TheoryCurves {
  readonly name: (typeof CLOSURE_NAMES)[number] | 'exact' | 'noSignal';
  /** For people. */
  readonly title: string;
  readonly activation: readonly number[];
  readonly squaredError?: readonly number[];
  /** E[w] and the variances of the weights, by point. */
  readonly mean?: readonly Float64Array[];
  readonly variance?: readonly Float64Array[];
  /** Mean and standard deviation of a = Φ⁻¹(Pr[y>0]) over trials. */
  readonly threshold?: readonly WeightEvolution['threshold'][];
}

/** A theory that can be computed, which may take a while. */
export interface ComputableTheory {
  readonly title: string;
  /** About how many nanoseconds it takes. */
  readonly time: number;
  /** Yields after every update. */
  compute(): Stepwise<TheoryCurves | FailedTheory>;
}

/** A theory that gave up, and why. */
export interface FailedTheory {
  readonly title: string;
  readonly reason: string;
}

const CLOSURES: Readonly<Record<(typeof CLOSURE_NAMES)[number], readonly [ClosureKind, string]>> = {
  C0: ['mean-field', 'C0, mean field'],
  C1: ['linear-noise', 'C1, linear noise'],
  C2: ['cubature', 'C2, Gaussian cubature'],
};

const EXACT = 'exact (linear teacher, inputs of mean 0)';

/** Above so many weights the exact recursion, O(n³) an update, is left out. */
const MOST_WEIGHTS = 40;

/**
 * What the theories that apply to a unit say, from the coarsest to the finest.
 *
 * @param start the weights before the first update, with the bias
 * @param grid numbers of updates, increasing from 0
 */
export function theories(
  model: UnitModel,
  start: Float64Array,
  grid: readonly number[],
  closures: readonly (typeof CLOSURE_NAMES)[number][],
): readonly ComputableTheory[] {
  const law = noSignalLaw(model, start, grid);
  const isExact = exactnessProblem(model) === undefined && start.length <= MOST_WEIGHTS;
  const updates = grid[grid.length - 1];
  return [
    ...(law ? [attempt(law.title, 0, () => known(law))] : []),
    ...CLOSURE_NAMES.filter((name) => closures.includes(name)).map((name) => {
      const [closure, title] = CLOSURES[name];
      const time = updates * closureTime(closure, model, { mean: start });
      return attempt(title, time, () => closureCurves(name, model, start, grid));
    }),
    ...(isExact
      ? [attempt(EXACT, updates * exactLinearTeacherTime(start.length), () => exactCurves(model, start, grid))]
      : []),
  ];
}

function attempt(title: string, time: number, compute: () => Stepwise<TheoryCurves>): ComputableTheory {
  return {
    title,
    time,
    *compute() {
      try {
        return yield* compute();
      } catch (error) {
        if (ReluctantError.is(error) && error.code === 'RUN_DIVERGED') return { title, reason: error.message };
        throw error;
      }
    },
  };
}

function* known(curves: TheoryCurves): Stepwise<TheoryCurves> {
  yield 0;
  return curves;
}

function* closureCurves(
  name: (typeof CLOSURE_NAMES)[number],
  model: UnitModel,
  start: Float64Array,
  grid: readonly number[],
): Stepwise<TheoryCurves> {
  const [closure, title] = CLOSURES[name];
  const points = yield* evolveInSteps(closure, model, { mean: start }, grid);
  return {
    name,
    title,
    activation: points.map(({ activation }) => activation),
    squaredError: points.map(({ squaredError }) => squaredError),
    mean: points.map(({ mean }) => mean),
    variance: points.map(({ variance }) => variance),
    threshold: points.map(({ threshold }) => threshold),
  };
}

function* exactCurves(model: UnitModel, start: Float64Array, grid: readonly number[]): Stepwise<TheoryCurves> {
  const points = yield* exactLinearTeacherInSteps(model, { mean: start }, grid);
  return {
    name: 'exact',
    title: EXACT,
    activation: points.map(({ activation }) => activation),
    squaredError: points.map(({ squaredError }) => squaredError),
    mean: points.map(({ mean }) => mean),
    variance: points.map(({ covariance, mean }) => mean.map((_, i) => covariance[i * (mean.length + 1)])),
  };
}

/** The mean-field law by which Pr[y>0] falls without a signal, where it applies. */
function noSignalLaw(model: UnitModel, start: Float64Array, grid: readonly number[]): TheoryCurves | undefined {
  const { input, hasBias, teacher, rule, stepSize, momentum, weightDecay } = model;
  const { size } = input;
  const isStandard =
    input.mean.every((mean, i) => mean === (i === size - 1 ? 1 : 0)) &&
    input.covariance.every((entry, k) => entry === (k % (size + 1) === 0 && k < size * size - 1 ? 1 : 0));
  if (teacher.kind !== 'zero' || rule.kind !== 'backprop' || !hasBias || !isStandard) return undefined;
  const norm = Math.hypot(...start.subarray(0, size - 1));
  if (momentum > 0 || weightDecay > 0 || norm === 0) return undefined;
  const first = start[size - 1] / norm;
  return {
    name: 'noSignal',
    title: 'law without a signal, mean field',
    activation: grid.map((step) => normalCdf(noSignalThreshold(first, stepSize * step))),
  };
}
