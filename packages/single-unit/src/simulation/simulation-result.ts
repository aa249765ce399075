import type { SimulationMethod } from './simulation-plan.js';

/** A mean over trials and its standard error, at every point. */
export interface MeanCurve {
  readonly mean: Float64Array;
  readonly standardError: Float64Array;
}

/** Levels of the quantiles of Pr[y>0]. */
export const QUANTILE_LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** What a simulation has found. Points are those of the grid that it reached; n is the number of weights, the bias included. */
export interface SimulationResult {
  readonly method: SimulationMethod;
  /** Why the order parameters could not be used, where they could not. */
  readonly methodReason?: string;
  readonly trials: number;
  /** Numbers of updates. */
  readonly k: readonly number[];
  /** Whether means had come to rest before the end of the grid: see `tolerance`. */
  readonly stoppedEarly: boolean;
  /** E[w], points × n, the bias last. */
  readonly weights: MeanCurve;
  /** Cov[w], points × n × n; undefined for more than 64 weights. Variances over trials are its diagonal. */
  readonly covariance?: Float64Array;
  /** Variances of the weights, points × n. */
  readonly variance: Float64Array;
  /** Pr[y>0], and its quantiles over trials: points × levels. */
  readonly activation: MeanCurve & { readonly quantiles: Float64Array };
  /** E[(d − y)²] with the noise, and E[(g(v·x) − y)²] without it. */
  readonly squaredError: MeanCurve;
  readonly excessError: MeanCurve;
  /** |w|, without the bias; and the cosine of the angle between w and v. */
  readonly norm: MeanCurve;
  readonly overlap: MeanCurve;
  readonly dead: {
    /** ε. */
    readonly below: number;
    /** Share of trials with Pr[y>0] < ε at a point, and share of those that have had it up to then. */
    readonly now: Float64Array;
    readonly ever: Float64Array;
    /** Per trial: the number of updates after which Pr[y>0] < ε for the first time; −1 where that never was. */
    readonly firstHits: Float64Array;
    /** Whether every update was looked at, or (inputs that are not normal) the points alone. */
    readonly everyUpdate: boolean;
  };
}
