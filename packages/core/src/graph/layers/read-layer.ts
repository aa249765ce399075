import { didYouMean } from '../../plugin/plugin-registry.js';
import type { Operation } from '../graph.js';
import { activationReaders } from './activation.js';
import { unsupported, type LayerCall, type LayerReader, type ReadOperation } from './layer-call.js';
import { nearestClass } from './nearest-class.js';
import { poolingReaders } from './pooling.js';
import { structuralReaders } from './structural.js';
import { weightedReaders } from './weighted.js';

const READERS: Readonly<Record<string, LayerReader>> = {
  ...weightedReaders,
  ...activationReaders,
  ...poolingReaders,
  ...structuralReaders,
};

/** A custom layer that says itself which operation it is, so that engines can run it. */
export interface SelfDescribingLayer {
  describeOperation(): Operation;
}

function isSelfDescribing(layer: object): layer is SelfDescribingLayer {
  return 'describeOperation' in layer && typeof layer.describeOperation === 'function';
}

/** Throws `ENGINE_UNSUPPORTED` naming the layer, its class, and the nearest class that is known. */
export function readLayer(layer: object, call: LayerCall): readonly ReadOperation[] {
  if (isSelfDescribing(layer)) return [layer.describeOperation()];
  const reader = READERS[call.className];
  if (reader) return reader(call);
  const known = Object.keys(READERS);
  const hint =
    nearestClass(call.className) || didYouMean(call.className, known) || `Known classes: ${known.join(', ')}`;
  throw unsupported(call, `this class of layer is not known. ${hint.replace(/\.$/, '')}`);
}
