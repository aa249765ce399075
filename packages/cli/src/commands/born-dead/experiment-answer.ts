import type { InitializerSpec, InitialNetwork, ReluSite } from '@reluctant/core';
import type { BornDeadEstimate, LayerEstimate } from '@reluctant/probes';

/** What is printed of an experiment's network: one result for each initializer. */
export interface ExperimentAnswer {
  readonly experiment: string;
  /** Of the first draw; draw d has this plus d. */
  readonly seed: number;
  readonly engine: InitialNetwork['engine'];
  readonly dataset: InitialNetwork['dataset'];
  /** Images of the probe split that units were looked at with. */
  readonly images: number;
  /** One-sided 95 % upper bound on the share of images on which a unit fires that fired on none of these. */
  readonly neverFiredUpper: number;
  /** False where it was interrupted. */
  readonly complete: boolean;
  readonly results: readonly ExperimentResult[];
}

export interface ExperimentResult extends BornDeadEstimate {
  readonly initializer: InitializerSpec;
  readonly layers: readonly SiteEstimate[];
}

export interface SiteEstimate extends LayerEstimate, Pick<ReluSite, 'kind' | 'skip'> {
  /** Name of the ReLU site. */
  readonly site: string;
}
