import { unsupported, type LayerCall, type LayerReader, type ReadOperation } from './layer-call.js';

/** The operation of an activation given by name, as `Activation` layers and fused `activation` options have it. */
export function activationOperations(call: LayerCall, activation: unknown): readonly ReadOperation[] {
  switch (activation ?? 'linear') {
    case 'linear':
      return [];
    case 'relu':
      return [{ op: 'relu' }];
    case 'relu6':
      return [{ op: 'relu', max: 6 }];
    case 'sigmoid':
      return [{ op: 'sigmoid' }];
    case 'tanh':
      return [{ op: 'tanh' }];
    case 'softmax':
      return [{ op: 'softmax' }];
    default:
      throw unsupported(
        call,
        `activation "${String(activation)}" is not read (known: linear, relu, relu6, sigmoid, tanh, softmax)`,
      );
  }
}

export const activationReaders: Readonly<Record<string, LayerReader>> = {
  Activation: (call) => activationOperations(call, call.config.activation),
  ReLU: (call) => [{ op: 'relu', ...(call.config.maxValue == null ? {} : { max: Number(call.config.maxValue) }) }],
  LeakyReLU: (call) => [{ op: 'leakyRelu', alpha: Number(call.config.alpha) }],
  Softmax: () => [{ op: 'softmax' }],
};
