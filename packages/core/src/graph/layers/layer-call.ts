import type { serialization } from '@tensorflow/tfjs-core';
import { ReluctantError } from '../../errors.js';
import type { Operation, ParameterRole, Shape } from '../graph.js';

/** A softmax is read only to be left out: the loss takes logits. */
export type ReadOperation = Operation | { readonly op: 'softmax' };

/** One call of a layer, as its reader sees it. */
export interface LayerCall {
  readonly className: string;
  readonly layerName: string;
  readonly config: serialization.ConfigDict;
  /** Without the batch dimension. */
  readonly inputShapes: readonly Shape[];
  readonly outputShape: Shape;
  /** Graph name of one of the layer's weights, or undefined where the layer has none of that role. */
  parameter(role: ParameterRole): string | undefined;
}

/** The operations of one call, in order: the first takes the call's inputs, each later one its predecessor. Empty: identity. */
export type LayerReader = (call: LayerCall) => readonly ReadOperation[];

export function unsupported(call: Pick<LayerCall, 'className' | 'layerName'>, why: string): ReluctantError {
  return new ReluctantError('ENGINE_UNSUPPORTED', `Layer "${call.layerName}" (${call.className}): ${why}.`);
}

export function requiredParameter(call: LayerCall, role: ParameterRole): string {
  const name = call.parameter(role);
  if (name === undefined) throw unsupported(call, `it has no ${role}; build the model before it is read`);
  return name;
}

export function refuseChannelsFirst(call: LayerCall): void {
  if (call.config.dataFormat === 'channelsFirst') throw unsupported(call, 'only dataFormat "channelsLast" is read');
}
