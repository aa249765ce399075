import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Network } from './network.js';

/**
 * Reads any built tf.LayersModel (Sequential or functional) as a network: its graph and its ReLU sites.
 * Throws `ENGINE_UNSUPPORTED` naming the layer for a class that is not known.
 */
export declare function readNetwork(model: LayersModel): Network;
