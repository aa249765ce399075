import { ReluctantError, type Network } from '@reluctant/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * Throws `ENGINE_UNSUPPORTED` for a network that was read but that softmax cross-entropy and an optimizer alone can't train as
 * its author means it: no [batch, classes] output, an output squashed otherwise, layers that regularize or constrain, or
 * nothing to train.
 */
export function requireTrainable({ model, graph }: Network): void {
  const output = graph.nodes.find(({ name }) => name === graph.output)!;
  if (output.shape.length !== 1 || output.shape[0] < 2) {
    throw unsupported(
      `The model's output has the shape [batch, ${output.shape.join(', ')}]; fit trains classifiers, whose output is ` +
        '[batch, classes] with 2 classes or more. End it with a Dense layer of one unit a class.',
    );
  }
  if (['sigmoid', 'tanh', 'relu'].includes(output.operation.op)) {
    throw unsupported(
      `The model ends with a ${output.operation.op} ("${output.name}"); the loss is softmax cross-entropy. ` +
        'End it with logits (no activation) or with a softmax.',
    );
  }
  refuseLayerLosses(model);
  if (!graph.parameters.some(({ trainable }) => trainable)) {
    throw unsupported('Every layer of the model is frozen: set trainable = true on those to be trained.');
  }
}

/** Layers of nested models included. */
function refuseLayerLosses(model: LayersModel): void {
  for (const layer of model.layers) {
    if ('layers' in layer) {
      refuseLayerLosses(layer as LayersModel);
      continue;
    }
    const config = layer.getConfig();
    const option = Object.keys(config).find((key) => /(Regularizer|Constraint)$/.test(key) && config[key] != null);
    if (option === undefined) continue;
    throw unsupported(
      `Layer "${layer.name}" (${layer.getClassName()}): ${option} is not applied. ` +
        'Leave it out; for an L2 penalty give the optimizer a weightDecay.',
    );
  }
}

function unsupported(message: string): ReluctantError {
  return new ReluctantError('ENGINE_UNSUPPORTED', message);
}
