import { normalQuantile } from '@reluctant/core';
import { bisectInSteps } from '../../numerics/bisect.js';
import { normalDensity } from '../../numerics/normal.js';
import { rectifiedMoments } from '../../numerics/rectified-moments.js';
import { complete, type Stepwise } from '../../numerics/stepwise.js';
import { meanFieldFlow } from '../evolution/mean-field-flow.js';
import { planarModel, planarWeights, type PlanarWeights } from '../evolution/planar-model.js';
import { unitGeometry } from '../geometry.js';
import { activationProbability } from '../half-space-moments.js';
import { squaredError } from '../squared-error.js';
import type { TheoryModel } from '../theory-model.js';

/** When a unit is called dead. Always relative to a horizon: it may revive later, and one that lives may die later. */
export interface DeathCriterion {
  /** τ = μk. */
  readonly horizon: number;
  /** Dead: Pr[y>0] is below it at the horizon. */
  readonly below: number;
}

/** The flow needs to tell only on which side of the boundary it ends. */
const TOLERANCES = { relative: 1e-8, absolute: 1e-10 };

/** Whether the mean field, in the limit of small steps, has a unit dead that starts from these weights. For any normal input. */
export function diesBy(model: TheoryModel, start: Float64Array, criterion: DeathCriterion): boolean {
  return complete(diesByInSteps(model, start, criterion));
}

/** `diesBy`, yielding 0 after every step of the flow. */
export function* diesByInSteps(
  model: TheoryModel,
  start: Float64Array,
  { horizon, below }: DeathCriterion,
): Stepwise<boolean> {
  const safeError = leastErrorWhenDead(model, below);
  let weights = start;
  for (const step of meanFieldFlow(model, start, horizon, TOLERANCES)) {
    weights = step.stateAt(step.end);
    // The flow never raises the squared error, and a dead unit has more than this: so this one will never die.
    if (squaredError(model, weights).excess < safeError) return false;
    yield 0;
  }
  return activationProbability(unitGeometry(model.input, model.teacher.weights, weights)) < below;
}

/**
 * Below this excess error no unit has Pr[y>0] < `below`: E[g(t)²] less all that the most favourable set of inputs of that
 * probability, those with the largest t, can take off it. 0 where nothing is known: rules that don't descend the error, and teachers
 * other than ReLUs.
 */
function leastErrorWhenDead({ input, teacher, rule }: TheoryModel, below: number): number {
  if (rule.kind !== 'backprop' || teacher.kind !== 'relu') return 0;
  const { b, deviationT } = unitGeometry(input, teacher.weights, teacher.weights);
  const u = -normalQuantile(below);
  if (!(deviationT > 0 && u > -b)) return 0;
  const largest = (b * b + 1) * below + (u + 2 * b) * normalDensity(u);
  return deviationT ** 2 * (rectifiedMoments(b, 2)[2] - largest);
}

/**
 * ρ_c: of units with white inputs and a bias that start from the same |w| and bias, those die whose w has a smaller cosine with v.
 * −1 where none dies, 1 where all do. By bisection, O(log 1/tolerance) solutions of the flow.
 *
 * @param hasBias whether the last component of x is the constant 1
 * @throws ReluctantError `CONFIG_INVALID` where inputs are not white, or not of mean 0 and variance 1
 */
export function criticalOverlap(
  model: TheoryModel,
  hasBias: boolean,
  start: Omit<PlanarWeights, 'overlap'>,
  criterion: DeathCriterion,
  tolerance?: number,
): number {
  return complete(criticalOverlapInSteps(model, hasBias, start, criterion, tolerance));
}

/** `criticalOverlap`, yielding 0 after every step of every flow. */
export function* criticalOverlapInSteps(
  model: TheoryModel,
  hasBias: boolean,
  start: Omit<PlanarWeights, 'overlap'>,
  criterion: DeathCriterion,
  tolerance = 1e-5,
): Stepwise<number> {
  const planar = planarModel(model, hasBias);
  const dies = (overlap: number) => diesByInSteps(planar, planarWeights({ ...start, overlap }), criterion);
  if (!(yield* dies(-1))) return -1;
  if (yield* dies(1)) return 1;
  return yield* bisectInSteps(
    function* (overlap) {
      return (yield* dies(overlap)) ? -1 : 1;
    },
    -1,
    1,
    tolerance,
  );
}
