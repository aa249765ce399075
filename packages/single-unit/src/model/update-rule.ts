export const RULE_KINDS = ['backprop', 'lms', 'surrogate', 'leaky'] as const;

/**
 * The readings of "a variant of error backpropagation" for one unit:
 *
 * - `backprop`: y = relu(s), gated by relu's derivative, 1(s > 0): an inactive unit doesn't learn.
 * - `lms`: y = relu(s), without the derivative, as in Widrow and Hoff's LMS: an inactive unit learns like an active one.
 * - `surrogate`: y = relu(s), gated by another function's derivative: 1 where s > 0, else `leak`.
 * - `leaky`: y = s where s > 0, else leak · s, with the derivative that belongs to it (Maas et al. 2013).
 *
 * `inactiveSide` has their slopes and gates below 0.
 */
export type RuleKind = (typeof RULE_KINDS)[number];

export interface UpdateRule {
  readonly kind: RuleKind;
  /** α, in [0, 1]: slope below 0 of `leaky`, gate below 0 of `surrogate`; the other rules have none. */
  readonly leak: number;
}

/** A rule's slope of the output and factor on the update where the unit is inactive (s ≤ 0); where it is active, both are 1. */
export function inactiveSide({ kind, leak }: UpdateRule): { readonly slope: number; readonly gate: number } {
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
