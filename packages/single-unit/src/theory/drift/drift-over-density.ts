import { normalDensity } from '../../numerics/normal.js';
import { scaled } from '../../numerics/matrix.js';
import { unitGeometry } from '../geometry.js';
import { DEEP } from '../orthant-moments.js';
import type { TheoryModel } from '../theory-model.js';
import { halfSpaceDrift } from './drift.js';

/** A drift that may underflow: exp(logDensity) · scaled. */
export interface ScaledDrift {
  /** h/φ(a), n numbers. */
  readonly scaled: Float64Array;
  /** log φ(a). */
  readonly logDensity: number;
}

/**
 * The drift of `backprop` over φ(a), which it is proportional to for a unit that is hardly ever active: keeps its digits for
 * any a, also where φ(a) underflows (a < −38); above a = 38 the quotient overflows. The rule of the model does not matter.
 */
export function driftOverDensity({ input, teacher }: TheoryModel, weights: Float64Array): ScaledDrift {
  const geometry = unitGeometry(input, teacher.weights, weights);
  const { a } = geometry;
  const logDensity = -(a * a) / 2 - Math.log(2 * Math.PI) / 2;
  if (!Number.isFinite(a)) return { scaled: new Float64Array(input.size), logDensity };
  const drift = halfSpaceDrift(teacher.kind, geometry, 1, a < DEEP);
  return { scaled: a < DEEP ? drift : scaled(drift, 1 / normalDensity(a)), logDensity };
}
