import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { ReluctantError } from '../errors.js';
import type { Shape } from './graph.js';

export type Layer = layers.Layer;

/** Models are layers too; a class check would fail where a second copy of tfjs-layers made the model. */
export function isModel(layer: object): layer is LayersModel {
  return 'layers' in layer && Array.isArray(layer.layers) && 'outputs' in layer;
}

/** A symbolic tensor's shape without the batch dimension. */
export function fixedShape(tensor: SymbolicTensor): Shape {
  const shape = tensor.shape.slice(1);
  if (shape.some((extent) => extent === null)) {
    throw new ReluctantError(
      'ENGINE_UNSUPPORTED',
      `"${tensor.sourceLayer.name}" gives a tensor of shape [${shape.join(', ')}]: every dimension but the batch must be fixed.`,
    );
  }
  return shape as number[];
}

export function onlyOne(tensors: readonly SymbolicTensor[], what: string): SymbolicTensor {
  if (tensors.length === 1) return tensors[0];
  throw new ReluctantError('ENGINE_UNSUPPORTED', `The model has ${tensors.length} ${what}s; networks have one.`);
}
