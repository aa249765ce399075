import { normalCdf } from '../numerics/normal.js';
import type { SingleUnit } from './single-unit.js';

/** |w|, the length of the weight vector without the bias. */
export function weightNorm({ weights }: SingleUnit): number {
  return Math.sqrt(dot(weights, weights));
}

/**
 * Pr[y>0] of the unit on fresh inputs, given its weights, exactly: w·x + b is normal with mean m Σw + b and standard deviation
 * |w|, so that it is Φ of their ratio. A unit without weights is active or not by its bias alone.
 */
export function activationProbability(unit: SingleUnit): number {
  const mean = unit.bias + unit.model.inputMean * unit.weights.reduce((sum, weight) => sum + weight, 0);
  const deviation = weightNorm(unit);
  if (deviation === 0) return mean > 0 ? 1 : 0;
  return normalCdf(mean / deviation);
}

/** ρ, the cosine of the angle between the unit's weights and the teacher's; 0 where one of them has no direction. */
export function overlap(unit: SingleUnit): number {
  const { weights } = unit.model.teacher;
  const norms = weightNorm(unit) * Math.sqrt(dot(weights, weights));
  // Rounding can lead a little beyond 1, which no cosine is.
  return norms === 0 ? 0 : Math.max(-1, Math.min(1, dot(unit.weights, weights) / norms));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
