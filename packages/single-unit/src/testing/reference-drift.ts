import type { RuleKind } from '../model/update-rule.js';
import type { TheoryModel } from '../theory/theory-model.js';
import reference from './reference-drift.json' with { type: 'json' };

/** One state of a unit with its exact values, all arrays as the theory has them. */
export interface ReferenceState {
  readonly id: string;
  readonly note: string;
  readonly weights: Float64Array;
  /** The state's model with this rule. */
  model(rule: RuleKind): TheoryModel;
  readonly drift: Readonly<Record<RuleKind, Float64Array>>;
  readonly expected: {
    readonly a: number;
    readonly b: number;
    readonly rho: number;
    readonly p: number;
    readonly mse: number;
    readonly motionOfA: number;
    readonly a2: Float64Array;
    readonly q: Float64Array;
    readonly jacobian: Float64Array;
  };
}

const matrix = (rows: readonly (readonly number[])[]) => Float64Array.from(rows.flat());

/** The states of `reference-drift.json`: mpmath quadrature at 34 digits. */
export const REFERENCE_STATES: readonly ReferenceState[] = reference.rows.map((row) => ({
  id: row.id,
  note: row.note,
  weights: Float64Array.from(row.w),
  model: (kind) => ({
    input: { size: row.m.length, mean: Float64Array.from(row.m), covariance: matrix(row.R) },
    teacher: { kind: row.teacher === 'relu' ? 'relu' : 'linear', weights: Float64Array.from(row.v) },
    rule: { kind, leak: row.alpha },
    noise: row.sigma_n,
  }),
  drift: {
    backprop: Float64Array.from(row.expected.drift_bp),
    lms: Float64Array.from(row.expected.drift_lms),
    surrogate: Float64Array.from(row.expected.drift_surrogate),
    leaky: Float64Array.from(row.expected.drift_leaky),
  },
  expected: {
    a: row.expected.a,
    b: row.expected.b,
    rho: row.expected.rho,
    p: row.expected.p,
    mse: row.expected.mse_incl_noise,
    motionOfA: row.expected.da_dk_over_mu,
    a2: matrix(row.expected.A2),
    q: matrix(row.expected.Q),
    jacobian: matrix(row.expected.jac_closed_form),
  },
}));

/** The largest |actual − expected| over all components. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  // Math.max hands a NaN on, so that it does not look like agreement.
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
  return largest;
}
