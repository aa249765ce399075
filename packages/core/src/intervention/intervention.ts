import type { NamedArrays } from '../engine/named-arrays.js';
import type { NetworkGraph } from '../graph/graph.js';
import type { Network, ReluSite } from '../graph/network.js';
import type { InitializerSpec } from '../initializer/initializer-spec.js';
import type { Plugin } from '../plugin/plugin.js';
import { serviceIdentifier } from '../plugin/service-identifier.js';
import type { Tap, TapSample } from '../probe/tap.js';
import type { Random } from '../random/random.js';

/** What an intervention wants to know of a site: always of the probe split, on which death is judged. */
export type InterventionTap = Omit<Tap, 'on'>;

/** The network as an intervention finds it: between two steps, just measured. */
export interface InterventionContext {
  /** With what all interventions of the run have added to it. */
  readonly graph: NetworkGraph;
  readonly sites: readonly ReluSite[];
  /** What the intervention's taps gave in this measurement, in the order of the sites. */
  readonly samples: readonly TapSample[];
  /** Parameters and optimizer slots, as `Session.readState` gives them. They may not be written to: `StateEdit` copies. */
  readonly state: NamedArrays;
  /** How the experiment draws weights. */
  readonly initializer: InitializerSpec;
  /** Optimizer steps taken; 0 is the initialised network. */
  readonly step: number;
  /** Epochs completed; fractional inside an epoch. */
  readonly epoch: number;
  /** A stream of its own for the run's seed, this intervention, this step and `path`. All randomness comes from here. */
  random(...path: readonly (number | string)[]): Random;
}

/** What was done to units of one site. */
export interface AppliedIntervention {
  readonly site: string;
  readonly units: readonly number[];
  /** In the past tense, for people: `re-initialised`. */
  readonly action: string;
}

/** Units of one site that would have been changed and were not. */
export interface WithheldIntervention {
  readonly site: string;
  readonly units: readonly number[];
  /** A clause, for people: `its weights are shared by several calls`. */
  readonly reason: string;
}

export interface InterventionResult {
  /** The arrays of the state that differ now, whole and by name. */
  readonly changes: NamedArrays;
  readonly applied: readonly AppliedIntervention[];
  readonly withheld: readonly WithheldIntervention[];
}

/**
 * Changes a network in training, where a probe only observes it: repairs dead units, for instance. When it is applied is said in
 * the experiment file (`when`) and is not its concern. The option names `kind` and `when` are taken.
 *
 * `intervene` must be a pure function of its arguments: a run that is resumed from a checkpoint before it repeats it, bit for
 * bit. It may change values, not shapes, names or the graph.
 *
 * What it needs beyond the network's own parameters it adds in `prepare`, before the network is compiled.
 */
export interface Intervention<O = unknown> extends Plugin<O> {
  /**
   * Adds to the network what will have to be changed: nodes, and parameters that are not trained, with their values (`Network.added`).
   * As yet they must change nothing of what the network computes, nor its model and sites. They are part of the state, and so of
   * checkpoints. A recorded network is prepared again before its checkpoint is read.
   */
  prepare?(network: Network, options: O): Network;
  taps(sites: readonly ReluSite[], options: O): readonly InterventionTap[];
  intervene(context: InterventionContext, options: O): InterventionResult;
}
export const Intervention = serviceIdentifier<Intervention>('Intervention');
