import type { Stepwise } from '../numerics/stepwise.js';
import { meanFieldFlow } from '../theory/evolution/mean-field-flow.js';
import { planarWeights, type PlanarWeights } from '../theory/evolution/planar-model.js';
import { unitGeometry } from '../theory/geometry.js';
import { activationProbability } from '../theory/half-space-moments.js';
import type { TheoryModel } from '../theory/theory-model.js';

const TOLERANCES = { relative: 1e-7, absolute: 1e-10 };
/** Points of a drawn trajectory are at least so far apart, in |w| and the cosine. */
const SPACING = 0.02;

/** A solution of the flow in the plane of w and v, from its start to the horizon. */
export interface Course {
  /** Weights on the way, thinned; the start and the end among them. */
  readonly points: readonly PlanarWeights[];
  /** Pr[y>0] at the horizon. */
  readonly activation: number;
}

/**
 * Follows the mean field, in the limit of small steps. Yields the time that every step covers.
 * @param model in the coordinates of `planarModel`
 * @param horizon τ = μk
 */
export function* course(model: TheoryModel, start: PlanarWeights, horizon: number): Stepwise<Course> {
  const initial = planarWeights(start);
  const points = [planarOf(initial)];
  let weights = initial;
  for (const step of meanFieldFlow(model, initial, horizon, TOLERANCES)) {
    weights = step.stateAt(step.end);
    const next = planarOf(weights);
    if (distance(next, points[points.length - 1]) > SPACING) points.push(next);
    yield step.end - step.start;
  }
  points.push(planarOf(weights));
  return { points, activation: activationProbability(unitGeometry(model.input, model.teacher.weights, weights)) };
}

function planarOf([along, across, bias]: Float64Array): PlanarWeights {
  const norm = Math.hypot(along, across);
  return { norm, overlap: norm > 0 ? along / norm : 0, bias };
}

function distance(a: PlanarWeights, b: PlanarWeights): number {
  return Math.hypot(a.norm - b.norm, a.overlap - b.overlap, a.bias - b.bias);
}
