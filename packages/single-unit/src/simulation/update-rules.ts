/** How the unit turns its pre-activation s into an output, and the error at that output into an update of its weights. */
export interface UpdateRule {
  /** The unit's output at pre-activation s. */
  output(s: number): number;
  /** The factor on stepSize · error · x at pre-activation s: the derivative that the rule takes the output to have. */
  gate(s: number): number;
}

export const RULE_KINDS = ['backprop', 'lms', 'leaky'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

const relu = (s: number) => (s > 0 ? s : 0);

/**
 * The readings of "a variant of error backpropagation" for one unit:
 *
 * - `backprop`: y = relu(s), gated by relu's derivative, 1(s > 0): an inactive unit doesn't learn.
 * - `lms`: y = relu(s), without the derivative, as in Widrow and Hoff's LMS: an inactive unit learns like an active one.
 * - `leaky`: y = s where s > 0, else leak · s, with the derivative that belongs to it (Maas et al. 2013).
 *
 * @param leak slope of `leaky` below 0; the other rules have none
 */
export function updateRule(kind: RuleKind, leak: number): UpdateRule {
  switch (kind) {
    case 'backprop':
      return { output: relu, gate: (s) => (s > 0 ? 1 : 0) };
    case 'lms':
      return { output: relu, gate: () => 1 };
    case 'leaky':
      return { output: (s) => (s > 0 ? s : leak * s), gate: (s) => (s > 0 ? 1 : leak) };
  }
}
