import { add, type Tensor } from '@tensorflow/tfjs-core';
import type { NetworkGraph, Operation, OperationName } from '../graph/graph.js';
import type { ForwardContext, Kernel } from './operations/kernel.js';
import { KERNELS } from './operations/kernels.js';

/**
 * Interprets the graph on tfjs's active backend, for images [batch, ...shape of the input]. Returns the output of every node by
 * its name. Call inside `tf.tidy`.
 *
 * @param added tensors to add to the outputs of some nodes: differentiating with respect to a zero gives the loss gradient there
 */
export function forward(
  graph: NetworkGraph,
  images: Tensor,
  context: ForwardContext,
  added: ReadonlyMap<string, Tensor> = new Map(),
): ReadonlyMap<string, Tensor> {
  const outputs = new Map<string, Tensor>();
  for (const node of graph.nodes) {
    const inputs = node.operation.op === 'input' ? [images] : node.inputs.map((name) => outputs.get(name)!);
    const output = kernelOf(node.operation)(inputs, node.operation, node, context);
    const extra = added.get(node.name);
    outputs.set(node.name, extra === undefined ? output : add(output, extra));
  }
  return outputs;
}

/** The table pairs each operation with its own kernel, which the compiler can't follow through a look-up by a union. */
function kernelOf({ op }: Operation): Kernel<OperationName> {
  return KERNELS[op] as Kernel<OperationName>;
}
