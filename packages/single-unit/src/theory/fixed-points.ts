import { solveLinear, symmetricEigenpairs } from '../numerics/linear-algebra.js';
import { addScaled, dot } from '../numerics/matrix.js';
import { drift } from './drift/drift.js';
import { unitGeometry } from './geometry.js';
import { activationProbability } from './half-space-moments.js';
import { jacobian } from './jacobian.js';
import { squaredError } from './squared-error.js';
import type { TheoryModel } from './theory-model.js';

/** Weights at which the mean field rests, h(w) = 0. */
export interface FixedPoint {
  readonly weights: Float64Array;
  /** Pr[y>0]. */
  readonly activation: number;
  /** E[(g(t) − y)²]. */
  readonly excess: number;
  /** Of the drift's Jacobian, increasing: the mean field returns along eigenvectors with negative ones. */
  readonly eigenvalues: Float64Array;
  readonly stability: 'stable' | 'saddle' | 'unstable' | 'degenerate';
}

const ITERATIONS = 200;
/** Of the drift, in proportion to the weights. */
const RESIDUAL = 1e-11;
/** Fixed points nearer than this are one, and weights so small are 0, in proportion to v. */
const SAME = 1e-6;
/** An eigenvalue so small, relative to the largest, decides nothing. */
const NEUTRAL = 1e-9;
/** Below it Newton's iteration has run into the dead set, where there is no drift either: not a fixed point of its own. */
const DEAD = 1e-6;

/**
 * The fixed points that Newton's iteration finds from v, −v and the given starts, the dead set apart.
 *
 * The dead set {w : Rw = 0, w·m ≤ 0}, where the unit never fires, is one of fixed points for `backprop`: without a bias and with a
 * covariance of full rank it is w = 0 alone. It has no Jacobian to judge it by; whether it attracts is a matter of `activationMotion`.
 * Without a teacher (`none`) there is no drift anywhere: every start is a degenerate fixed point.
 *
 * @param starts weights, n components each
 */
export function fixedPoints(model: TheoryModel, starts: readonly Float64Array[] = []): FixedPoint[] {
  const v = model.teacher.weights;
  const found: FixedPoint[] = [];
  for (const start of [v, v.map((value) => -value), ...starts]) {
    const weights = newton(model, start);
    if (!weights) continue;
    const isKnown = found.some((other) => distance(other.weights, weights) < SAME * (1 + norm(weights)));
    if (!isKnown) found.push(describe(model, weights));
  }
  return found;
}

/** Damped: a step that doesn't lower |h| is halved. */
function newton(model: TheoryModel, start: Float64Array): Float64Array | undefined {
  let weights = start;
  let residual = drift(model, weights);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const geometry = unitGeometry(model.input, model.teacher.weights, weights);
    // Where v is opposite to w, the drift vanishes as w does, though it has no value at 0.
    if (norm(weights) <= SAME * norm(model.teacher.weights) || activationProbability(geometry) < DEAD) return undefined;
    if (norm(residual) <= RESIDUAL * norm(weights)) return weights;
    const step = solveLinear(jacobian(model, weights, geometry), residual);
    if (!step) return undefined;
    let share = 1;
    let next = addScaled(weights.slice(), -share, step);
    let nextResidual = drift(model, next);
    while (!(norm(nextResidual) < norm(residual)) && share > 1e-6) {
      share /= 2;
      next = addScaled(weights.slice(), -share, step);
      nextResidual = drift(model, next);
    }
    if (!(norm(nextResidual) < norm(residual))) return undefined;
    [weights, residual] = [next, nextResidual];
  }
  return undefined;
}

function describe(model: TheoryModel, weights: Float64Array): FixedPoint {
  const geometry = unitGeometry(model.input, model.teacher.weights, weights);
  // Symmetric, for every rule.
  const { values } = symmetricEigenpairs(jacobian(model, weights, geometry), weights.length);
  return {
    weights,
    activation: activationProbability(geometry),
    excess: squaredError(model, weights, geometry).excess,
    eigenvalues: values,
    stability: stabilityOf(values),
  };
}

function stabilityOf(eigenvalues: Float64Array): FixedPoint['stability'] {
  const largest = Math.max(...eigenvalues.map(Math.abs));
  if (eigenvalues.some((value) => Math.abs(value) <= NEUTRAL * largest)) return 'degenerate';
  const negative = eigenvalues.filter((value) => value < 0).length;
  if (negative === eigenvalues.length) return 'stable';
  return negative === 0 ? 'unstable' : 'saddle';
}

const norm = (x: Float64Array) => Math.sqrt(dot(x, x));
const distance = (x: Float64Array, y: Float64Array) => norm(addScaled(x.slice(), -1, y));
