import { tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NamedArray, NamedArrays } from '../engine/named-arrays.js';
import { ReluctantError } from '../errors.js';
import type { ParameterRole } from './graph.js';
import { isModel, type Layer } from './model-walk.js';
import type { Network } from './network.js';

type LayerVariable = Layer['weights'][number];

const ROLES: Readonly<Record<string, ParameterRole>> = {
  kernel: 'kernel',
  bias: 'bias',
  gamma: 'gamma',
  beta: 'beta',
  moving_mean: 'movingMean',
  moving_variance: 'movingVariance',
};

/** The variables of one layer by role; a weight whose role is not known is refused by the layer's reader, not here. */
export function layerVariables(layer: Layer): ReadonlyMap<ParameterRole, LayerVariable> {
  const byRole = new Map<ParameterRole, LayerVariable>();
  for (const variable of layer.weights) {
    const role = ROLES[variable.originalName.split('/').at(-1)!];
    if (role) byRole.set(role, variable);
  }
  return byRole;
}

/** Every variable of the model by its graph name, `layer/role`; layers of nested models are prefixed with the model's name. */
function modelVariables(model: LayersModel, prefix = ''): Map<string, LayerVariable> {
  const variables = new Map<string, LayerVariable>();
  for (const layer of model.layers) {
    if (isModel(layer)) {
      for (const [name, variable] of modelVariables(layer, `${prefix}${layer.name}/`)) variables.set(name, variable);
    } else {
      for (const [role, variable] of layerVariables(layer)) variables.set(`${prefix}${layer.name}/${role}`, variable);
    }
  }
  return variables;
}

/**
 * The network's parameters by graph name, with the values that the model has now: its own tensors, not copies, and not to be disposed
 * of. Call inside `tf.tidy`, because parameters that were added to the graph become new tensors.
 */
export function parameterTensors({ model, added = {} }: Network): ReadonlyMap<string, Tensor> {
  const own = [...modelVariables(model)].map(([name, variable]) => [name, variable.read()] as const);
  const further = Object.entries(added).map(([name, { data, shape }]) => [name, tensor(data, [...shape])] as const);
  return new Map([...own, ...further]);
}

/** Copies of the network's parameters by graph name, in tfjs layouts. */
export function readParameters(network: Network): NamedArrays {
  const variables = modelVariables(network.model);
  const arrays: Record<string, NamedArray> = {};
  for (const { name, shape } of network.graph.parameters) {
    const data = network.added?.[name]?.data ?? (variables.get(name)!.read().dataSync() as Float32Array);
    arrays[name] = { shape, data: data.slice() };
  }
  return arrays;
}

/** Writes parameters back into the model. Throws `RUN_CORRUPT` for one that is missing or of another size; nothing is changed then. */
export function writeParameters(network: Network, arrays: NamedArrays): void {
  const own = network.graph.parameters.filter(({ name }) => !network.added?.[name]);
  for (const { name, shape } of own) {
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (arrays[name]?.data.length !== size) {
      throw new ReluctantError(
        'RUN_CORRUPT',
        `Parameter "${name}" of shape [${shape.join(', ')}] is missing or of another size.`,
      );
    }
  }
  const variables = modelVariables(network.model);
  tidy(() => {
    for (const { name, shape } of own) {
      variables.get(name)!.write(tensor(arrays[name].data, [...shape], 'float32'));
    }
  });
}
