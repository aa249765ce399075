import type { DropoutMask } from '../lowering/emission.js';
import type { EmittedTap } from '../taps/emit-taps.js';

/** Names of the graph's inputs and outputs that are there once. State arrays, masks and taps have names of their own. */
export const LABELS_INPUT = 'batch:y';
export const LOSSES_OUTPUT = 'losses';
export const CORRECT_OUTPUT = 'correct';
export const LOGITS_OUTPUT = 'logits';

/** Name of the graph input for one of the update rule's scalars. */
export const scalarInput = (name: string): string => `scalar:${name}`;
/** Name of the graph output that carries a state array's new value. */
export const stateOutput = (name: string): string => `next:${name}`;

/** A serialised model for one batch size, and what its inputs and outputs are. */
export interface CompiledGraph {
  readonly model: Uint8Array;
  /** State arrays that it takes. */
  readonly takes: readonly string[];
  /** State arrays of which it returns new values. */
  readonly updates: readonly string[];
  readonly masks: readonly DropoutMask[];
  readonly taps: readonly EmittedTap[];
}
