import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NamedArrays } from '../engine/named-arrays.js';
import type { NetworkGraph } from './graph.js';

/** One *call* of a ReLU. */
export interface ReluSite {
  /** Name of the graph node that is the ReLU; unique. */
  readonly name: string;
  /** Name of the layer called; two sites share it where one layer is applied twice. */
  readonly layer: string;
  /** 1 for the site nearest to the input, counting up towards the output. */
  readonly depth: number;
  readonly kind: 'conv' | 'dense';
  /** Channels of the map, or neurons. */
  readonly units: number;
  /** H·W of the map; 1 for dense. */
  readonly positions: number;
  /** [H, W] of the map, whose positions are counted row by row; a dense site has none. */
  readonly map?: readonly [height: number, width: number];
  /** Whether a skip connection enters between the previous weight layer and this ReLU. */
  readonly skip: boolean;
}

/** What an architecture builds and engines train. The graph is read from the model, the sites from the graph. */
export interface Network {
  readonly model: LayersModel;
  readonly graph: NetworkGraph;
  /** Ordered from input to output. */
  readonly sites: readonly ReluSite[];
  /** Values of the parameters that the graph has and the model lacks, by name. They are not written back into the model. */
  readonly added?: NamedArrays;
}
