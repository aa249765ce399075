import {
  readParameters,
  ReluctantError,
  slotName,
  type NamedArray,
  type NamedArrays,
  type Network,
} from '@reluctant/core';
import * as tf from '@tensorflow/tfjs-core';

/** Parameters and optimizer slots by the names that `readState` gives them, as tensors that the session owns. */
export class TensorState {
  private constructor(private readonly tensors: Map<string, tf.Tensor>) {}

  /** The model's present parameters, and zeros for every slot of the trainable ones. */
  static of(network: Network, slots: readonly string[]): TensorState {
    const tensors = new Map<string, tf.Tensor>();
    const parameters = readParameters(network);
    for (const { name } of network.graph.parameters) tensors.set(name, toTensor(parameters[name]));
    for (const { name, shape, trainable } of network.graph.parameters) {
      if (trainable) for (const slot of slots) tensors.set(slotName(slot, name), tf.zeros([...shape]));
    }
    return new TensorState(tensors);
  }

  get(name: string): tf.Tensor {
    return this.tensors.get(name)!;
  }

  /** Takes over the given tensors and disposes of those that they replace. */
  replace(updated: Readonly<Record<string, tf.Tensor>>): void {
    for (const [name, tensor] of Object.entries(updated)) {
      this.get(name).dispose();
      this.tensors.set(name, tensor);
    }
  }

  async read(): Promise<NamedArrays> {
    const entries = [...this.tensors].map(async ([name, tensor]): Promise<[string, NamedArray]> => {
      const data = (await tensor.data<'float32'>()).slice();
      return [name, { shape: [...tensor.shape], data }];
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  /** All or nothing: throws `RUN_CORRUPT` naming the first array that does not belong here. */
  write(state: NamedArrays): void {
    for (const [name, { shape }] of this.tensors) checkArray(name, shape, state[name]);
    const unknown = Object.keys(state).find((name) => !this.tensors.has(name));
    if (unknown !== undefined)
      throw new ReluctantError('RUN_CORRUPT', `The network has no "${unknown}", the saved state has.`);
    this.replace(Object.fromEntries(Object.entries(state).map(([name, array]) => [name, toTensor(array)])));
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
    this.tensors.clear();
  }
}

/** tfjs's JavaScript backend keeps the array that it is given, so it gets a copy. */
function toTensor({ shape, data }: NamedArray): tf.Tensor {
  return tf.tensor(Float32Array.from(data), [...shape], 'float32');
}

function checkArray(name: string, shape: readonly number[], array: NamedArray | undefined): void {
  if (array === undefined) throw new ReluctantError('RUN_CORRUPT', `The saved state has no "${name}".`);
  const fits = array.shape.length === shape.length && shape.every((extent, axis) => array.shape[axis] === extent);
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (!fits || array.data.length !== size) {
    throw new ReluctantError(
      'RUN_CORRUPT',
      `"${name}" of the saved state has shape [${array.shape.join(', ')}] and ${array.data.length} elements; ` +
        `the network needs [${shape.join(', ')}].`,
    );
  }
}
