import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { ReluctantError } from '../errors.js';
import { findReluSites } from './find-relu-sites.js';
import type { GraphNode, NetworkGraph, Parameter } from './graph.js';
import { readLayer } from './layers/read-layer.js';
import { fixedShape, isModel, onlyOne, type Layer } from './model-walk.js';
import type { Network } from './network.js';
import { layerVariables } from './parameters.js';

/**
 * Reads any built tf.LayersModel (Sequential or functional, models nested as layers included) as a network: its graph and its
 * ReLU sites. Throws `ENGINE_UNSUPPORTED` naming the layer for a class or option that is not known.
 */
export function readNetwork(model: LayersModel): Network {
  const graph = new GraphReader().read(model);
  return { model, graph, sites: findReluSites(graph) };
}

const SOFTMAX = '(softmax)';

/** Walks back from the output, so that what does not lead to it is left out, and emits nodes in topological order. */
class GraphReader {
  private readonly nodes: GraphNode[] = [];
  private readonly parameters = new Map<string, Parameter>();
  private readonly calls = new Map<string, number>();
  private readonly names = new Set<string>();
  /** What a softmax that was left out takes. */
  private softmaxInput: string | undefined;

  read(model: LayersModel): NetworkGraph {
    if (!model.inputs?.length)
      throw new ReluctantError('ENGINE_UNSUPPORTED', 'Build the model (give its first layer an inputShape).');
    const input = onlyOne(model.inputs, 'input');
    const inputName = input.sourceLayer.name;
    this.emit({ name: inputName, layer: inputName, operation: { op: 'input' }, inputs: [], shape: fixedShape(input) });
    const known = new Map([[input.id, inputName]]);
    let output = this.nodeOf(onlyOne(model.outputs, 'output'), known, '');
    if (output === SOFTMAX) output = this.softmaxInput!;
    return { nodes: this.nodes, parameters: [...this.parameters.values()], input: inputName, output };
  }

  /** Name of the node that computes `tensor`; emits it and what it needs first. `known` is per model call. */
  private nodeOf(tensor: SymbolicTensor, known: Map<number, string>, prefix: string): string {
    const seen = known.get(tensor.id);
    if (seen !== undefined) return seen;
    const layer = tensor.sourceLayer;
    const call = layer.inboundNodes[tensor.nodeIndex];
    const inputs = call.inputTensors.map((input) => {
      const name = this.nodeOf(input, known, prefix);
      if (name === SOFTMAX) {
        throw new ReluctantError(
          'ENGINE_UNSUPPORTED',
          `"${layer.name}" follows a softmax, which is read only as the last layer.`,
        );
      }
      return name;
    });
    const name = isModel(layer)
      ? this.nestedModel(layer, inputs, `${prefix}${layer.name}/`)
      : this.layerCall(layer, call.inputTensors, tensor, inputs, prefix);
    known.set(tensor.id, name);
    return name;
  }

  private nestedModel(model: LayersModel, inputs: readonly string[], prefix: string): string {
    const input = onlyOne(model.inputs, 'input');
    return this.nodeOf(onlyOne(model.outputs, 'output'), new Map([[input.id, inputs[0]]]), prefix);
  }

  private layerCall(
    layer: Layer,
    inputTensors: readonly SymbolicTensor[],
    output: SymbolicTensor,
    inputs: readonly string[],
    prefix: string,
  ): string {
    const layerName = `${prefix}${layer.name}`;
    const variables = this.readParameters(layer, layerName);
    const shape = fixedShape(output);
    const operations = readLayer(layer, {
      className: layer.getClassName(),
      layerName,
      config: layer.getConfig(),
      inputShapes: inputTensors.map(fixedShape),
      outputShape: shape,
      parameter: (role) => (variables.has(role) ? `${layerName}/${role}` : undefined),
    });
    const count = (this.calls.get(layerName) ?? 0) + 1;
    this.calls.set(layerName, count);
    const callName = count === 1 ? layerName : `${layerName}#${count}`;

    let from = inputs;
    for (const [index, operation] of operations.entries()) {
      if (operation.op === 'softmax') {
        this.softmaxInput = from[0];
        return SOFTMAX;
      }
      const name = index === 0 ? callName : `${callName}/${operation.op}`;
      this.emit({ name, layer: layerName, operation, inputs: from, shape });
      from = [name];
    }
    return from[0];
  }

  private emit(node: GraphNode): void {
    if (this.names.has(node.name)) {
      throw new ReluctantError('ENGINE_UNSUPPORTED', `Two layers are called "${node.name}". Give each its own name.`);
    }
    this.names.add(node.name);
    this.nodes.push(node);
  }

  private readParameters(layer: Layer, layerName: string) {
    const variables = layerVariables(layer);
    for (const [role, variable] of variables) {
      const name = `${layerName}/${role}`;
      this.parameters.set(name, {
        name,
        shape: variable.shape as number[],
        trainable: layer.trainable && variable.trainable,
        role,
      });
    }
    return variables;
  }
}
