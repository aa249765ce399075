import type { JsonValue } from '@reluctant/core';

/** A ReLU site of a trained network. */
export interface StudySite {
  readonly name: string;
  /** 1 nearest to the input. */
  readonly depth: number;
  readonly units: number;
  /** Whether a skip connection enters between the previous weight layer and this ReLU. */
  readonly skip: boolean;
}

/** All sites of a network at one measurement on the probe split, in their order. */
export interface CoursePoint {
  /** Epochs completed; 0 before training. */
  readonly epoch: number;
  /** Mean of Pr[y>0] over the units of each site. */
  readonly activation: readonly number[];
  /** Units of each site that fired on none of the images. */
  readonly neverFired: readonly number[];
}

/** What the findings need of one trained network. */
export interface TrainedRun {
  /** Hash of the resolved experiment. */
  readonly job: string;
  readonly seed: number;
  /** A run whose loss diverged has the measurements until then, and no part in any statistic. */
  readonly status: 'completed' | 'diverged';
  readonly sites: readonly StudySite[];
  /** Ordered by epoch; every site was measured at each. */
  readonly course: readonly CoursePoint[];
  /** Mean training loss of each epoch. */
  readonly losses: readonly { readonly epoch: number; readonly loss: number }[];
  readonly testAccuracy: number | null;
  /** Of the probe split. */
  readonly images: number;
}

/** Runs that are alike but for the seed. */
export interface Arm {
  readonly label: string;
  readonly runs: readonly TrainedRun[];
}

/**
 * When a run counts as converged: over the last `epochs` epochs, no site's mean of Pr[y>0] ranges over more than `activation`, or the mean
 * training loss of an epoch over more than `loss` times its value in the first epoch.
 */
export interface ConvergenceRule {
  readonly epochs: number;
  readonly activation: number;
  readonly loss: number;
}

/** What was run of a study, by the question that it answers. Every list may be empty. */
export interface StudyResults {
  readonly name: string;
  readonly description: string;
  readonly convergence: ConvergenceRule;
  /** Networks in which Pr[y>0] is followed from input to output. */
  readonly networks: readonly Arm[];
  /** The same network with its skip connections and without, all else equal: runs of one seed belong together. */
  readonly skips: readonly { readonly label: string; readonly with: Arm; readonly without: Arm }[];
  /** One network, an arm for each initializer. */
  readonly initializers: readonly { readonly label: string; readonly arms: readonly Arm[] }[];
  /** One network, an arm for each value of one setting. */
  readonly factors: readonly { readonly label: string; readonly arms: readonly Arm[] }[];
  /** What `reluctant single-unit rates --json` and `death --json` print. */
  readonly rates: JsonValue | null;
  readonly death: JsonValue | null;
  readonly provenance: Provenance;
}

/** What has to be known to judge and to repeat a study. */
export interface Provenance {
  readonly command: string;
  readonly seeds: readonly number[];
  readonly jobs: number;
  /** Wall seconds that the study took, interruptions left out, on so many jobs at once with so many threads each. */
  readonly seconds: number;
  readonly parallel: number;
  readonly threads: number;
  /** Distinct values over all runs, e.g. `["12th Gen … (2 cores, linux x64)"]`. */
  readonly machines: readonly string[];
  readonly engines: readonly string[];
  readonly versions: readonly string[];
  /** E.g. `cifar10, 5,000 training and 1,000 test images, sha256 …`. */
  readonly data: readonly string[];
}
