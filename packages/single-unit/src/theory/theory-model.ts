import type { InputMoments } from '../model/input-moments.js';
import type { TeacherKind } from '../model/teacher.js';
import type { UpdateRule } from '../model/update-rule.js';

/**
 * What the theory is told of one unit that learns: normal input x ~ N(m, R), drawn anew at each step, a teacher g(v·x) with
 * normal noise as the desired signal d, and the rule by which the error e = d − y at the output moves the weights.
 */
export interface TheoryModel {
  readonly input: InputMoments;
  /**
   * g: the ReLU, the identity, or zero (d is noise alone); without a teacher, `none`, e is noise alone whatever the output. v, with
   * the bias' component last, is a direction to compare weights with where there is no g.
   */
  readonly teacher: { readonly kind: TeacherKind; readonly weights: Float64Array };
  /** Δw = step · e · gate(s) · x at pre-activation s = w·x. */
  readonly rule: UpdateRule;
  /** σₙ ≥ 0, the standard deviation of the noise on d; of the error, where there is no teacher. */
  readonly noise: number;
}
