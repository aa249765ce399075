import type { TheoryModel } from '../theory-model.js';

/**
 * A unit and how it is trained: every update averages over `batchSize` samples,
 *
 *     V ← momentum V + gradient − weightDecay w        w ← w + stepSize V
 */
export interface TrainedUnit extends TheoryModel {
  /** Whether the last component of x is the constant 1 of a trained bias, which weight decay spares. */
  readonly hasBias: boolean;
  /** μ > 0. */
  readonly stepSize: number;
  /** B ≥ 1. */
  readonly batchSize: number;
  /** β, in [0, 1). */
  readonly momentum: number;
  /** λ ≥ 0. */
  readonly weightDecay: number;
}

/** The law of the weights before the first update. */
export interface Start {
  /** n components, with the bias. */
  readonly mean: Float64Array;
  /** n × n, row by row; all trials start from the mean where it is left out. */
  readonly covariance?: Float64Array;
}

/** What a closure says of the weights after so many updates. */
export interface EvolutionPoint {
  readonly step: number;
  /** E[w], of n components. */
  readonly mean: Float64Array;
  /** Cov[w], n × n, row by row; 0 in the mean field. */
  readonly covariance: Float64Array;
  /** E[Pr[y>0 | w]]. */
  readonly activation: number;
  /** E[(d − y)²], with the noise. */
  readonly squaredError: number;
  /** Mean and standard deviation of a, where Pr[y>0 | w] = Φ(a). */
  readonly threshold: { readonly mean: number; readonly deviation: number };
}

/** Subtracts λ w, the bias excepted, from a gradient (in place). */
export function decay(unit: TrainedUnit, weights: Float64Array, gradient: Float64Array): Float64Array {
  const decayed = weights.length - (unit.hasBias ? 1 : 0);
  for (let i = 0; i < decayed; i++) gradient[i] -= unit.weightDecay * weights[i];
  return gradient;
}
