import type { InitializerSpec } from '@reluctant/core';
import type { BornDeadEstimate, ComparedExpectation, FullyConnected, reachOf } from '@reluctant/probes';

/** What is printed of fully connected networks: one result for each initializer. */
export interface FullyConnectedAnswer {
  readonly network: Omit<FullyConnected, 'initializer'> & { readonly layers: number };
  readonly seed: number;
  /** False where it was interrupted. */
  readonly complete: boolean;
  readonly results: readonly FullyConnectedResult[];
}

export interface FullyConnectedResult extends BornDeadEstimate {
  readonly initializer: InitializerSpec;
  /** For which inputs it holds. */
  readonly reach: ReturnType<typeof reachOf>;
  /** Number of listed inputs; 0 for the orthant, which is no list. */
  readonly inputs: number;
  readonly expectations: readonly ComparedExpectation[];
}
