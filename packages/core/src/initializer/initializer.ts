import type { initializers } from '@tensorflow/tfjs-layers';

/** What the layers of tfjs take for `kernelInitializer` and `biasInitializer`. */
export type TfInitializer = ReturnType<typeof initializers.zeros>;

/** The tfjs initializers of one layer. A pair, because randomized asymmetric initialisation draws [W, b] jointly. */
export interface LayerInitializers {
  readonly kernelInitializer: TfInitializer;
  readonly biasInitializer: TfInitializer;
}

/**
 * Gives each weight layer its initializers. Draws depend on the run's seed and the layer's name alone, so adding a layer
 * does not change the others.
 */
export interface InitializerFactory {
  /**
   * @param fanIn needed only by a layer that creates its bias before its kernel: the biases' distribution may depend on it.
   *   `dense` and `conv2d` create the kernel first, whose shape tells.
   */
  layer(name: string, fanIn?: number): LayerInitializers;
}
