import type { InputMoments } from '../model/input-moments.js';

export type TeacherResponse = 'relu' | 'linear' | 'zero';
export type LearningRule = 'backprop' | 'lms' | 'surrogate' | 'leaky';

/**
 * What the theory is told of one unit that learns: normal input x ~ N(m, R), drawn anew at each step, a teacher g(v·x) with
 * normal noise as the desired signal d, and the rule by which the error e = d − y at the output moves the weights.
 */
export interface TheoryModel {
  readonly input: InputMoments;
  /** g: the ReLU, the identity, or zero (d is noise alone); v with the bias' component last. */
  readonly teacher: { readonly kind: TeacherResponse; readonly weights: Float64Array };
  /**
   * Δw = step · e · gate(s) · x at pre-activation s = w·x. The output is y = max(s, 0), except for `leaky`, whose output is
   * leak · s below 0. The gate is 1 above 0, and below 0 it is 0 (`backprop`), 1 (`lms`) or leak (`surrogate`, `leaky`).
   */
  readonly rule: { readonly kind: LearningRule; readonly leak: number };
  /** σₙ ≥ 0, the standard deviation of the noise on d. */
  readonly noise: number;
}

/** A rule's slope of the output and factor on the update where the unit is inactive (s ≤ 0); where it is active, both are 1. */
export function inactiveSide({ kind, leak }: TheoryModel['rule']): { readonly slope: number; readonly gate: number } {
  switch (kind) {
    case 'backprop':
      return { slope: 0, gate: 0 };
    case 'lms':
      return { slope: 0, gate: 1 };
    case 'surrogate':
      return { slope: 0, gate: leak };
    case 'leaky':
      return { slope: leak, gate: leak };
  }
}
