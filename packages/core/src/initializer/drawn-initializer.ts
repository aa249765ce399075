import { tensor, type serialization, type Tensor } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import type { TfInitializer } from './initializer.js';

// tfjs-layers recognises initializers by `instanceof` a base class that it does not export.
const Initializer = Object.getPrototypeOf(initializers.zeros().constructor) as abstract new () => TfInitializer;

/**
 * A tfjs initializer that takes its values from a function. A saved model names `Zeros` in its place, so that it loads, and
 * quickly, where Reluctant is not installed: the saved weights replace what an initializer makes.
 */
export class DrawnInitializer extends Initializer {
  private readonly draw: (shape: readonly number[]) => Float32Array;

  /** @param draw values of an array of the given shape, row-major */
  constructor(draw: (shape: readonly number[]) => Float32Array) {
    super();
    this.draw = draw;
  }

  override apply(shape: number[]): Tensor {
    return tensor(this.draw(shape), shape, 'float32');
  }

  override getClassName(): string {
    return 'Zeros';
  }

  override getConfig(): serialization.ConfigDict {
    return {};
  }
}
