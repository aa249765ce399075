import type { NetworkGraph, Operation } from './graph.js';
import { withoutLeaks } from './with-leaks.js';

/** The trained parameter that is added to all pre-activations of a unit alike: a layer's bias, or the β of a normalisation. */
export interface Shift {
  readonly kind: 'bias' | 'batch-norm';
  /** Its name in the graph: one entry per unit. */
  readonly parameter: string;
}

/**
 * The shift of a ReLU whose input comes straight out of a convolution, a dense layer or a batch normalisation. None where that is
 * frozen, has no such parameter, or is used elsewhere too: then the gradient that the ReLU passes on is not all that moves it. A leak
 * (`withLeaks`) counts as part of the ReLU.
 */
export function shiftOf(graph: NetworkGraph, site: string): Shift | undefined {
  const { nodes, parameters } = withoutLeaks(graph);
  const relu = nodes.find(({ name }) => name === site)!;
  const before = nodes.find(({ name }) => name === relu.inputs[0])!;
  const name = nameOf(before.operation);
  if (name === undefined) return undefined;
  const parameter = parameters.find((one) => one.name === name);
  const takers = nodes.filter(({ inputs }) => inputs.includes(before.name));
  const calls = nodes.filter(({ operation }) => nameOf(operation) === name);
  if (!parameter?.trainable || takers.length > 1 || calls.length > 1) return undefined;
  return { kind: before.operation.op === 'batchNorm' ? 'batch-norm' : 'bias', parameter: name };
}

function nameOf(operation: Operation): string | undefined {
  switch (operation.op) {
    case 'conv2d':
    case 'dense':
      return operation.bias;
    case 'batchNorm':
      return operation.beta;
    default:
      return undefined;
  }
}
