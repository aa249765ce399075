import type { InputRange } from '../dataset/dataset.js';
import type { NamedArrays } from '../engine/named-arrays.js';
import type { NetworkGraph } from '../graph/graph.js';
import type { ReluSite } from '../graph/network.js';
import type { TapSample } from './tap.js';

/** A network as it is at one measurement, for probes that look at more than counters. Nothing in it may be changed. */
export interface InspectedNetwork {
  readonly graph: NetworkGraph;
  /** Ordered from input to output. */
  readonly sites: readonly ReluSite[];
  /** Copies of the parameters by their graph names, in tfjs's layouts; no optimizer slots. */
  readonly parameters: NamedArrays;
  /** Convolutions that the engine computes by Winograd's algorithm: `Session.winograd`. */
  readonly winograd?: readonly string[];
  /** Where every element of the data set's inputs lies, if the data set says. */
  readonly inputRange?: InputRange;
  /** This measurement's samples of the probe split, of the probe's own taps. */
  readonly samples: readonly TapSample[];
  /** Optimizer steps taken. */
  readonly step: number;
  /** Completed epochs (fractional inside an epoch). */
  readonly epoch: number;
}
