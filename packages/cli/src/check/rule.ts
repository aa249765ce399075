import type { MeasureName } from './measures.js';

/** Where a rule looks: at the network as a whole, at every layer by itself, or at the layers with names of a form. */
export type Scope =
  { readonly kind: 'network' } | { readonly kind: 'any-layer' } | { readonly kind: 'layer'; readonly name: string };

export type Operator = '<' | '<=' | '>' | '>=';

/** A condition under which a check fails. */
export interface Rule {
  /** As it is shown, its scope spelt out: `network.never-fired>1%`. */
  readonly text: string;
  readonly scope: Scope;
  readonly measure: MeasureName;
  readonly operator: Operator;
  /** What is compared with: a share in [0, 1] where `percent`, otherwise in the measure's own unit. */
  readonly threshold: number;
  /** A count is compared as a share of the units. */
  readonly percent: boolean;
}

/** Whether a value breaks a rule. What is no number breaks every rule: nothing good can be said of it. */
export function breaks({ operator, threshold }: Rule, value: number): boolean {
  if (Number.isNaN(value)) return true;
  if (operator === '<') return value < threshold;
  if (operator === '<=') return value <= threshold;
  return operator === '>' ? value > threshold : value >= threshold;
}
