import type { initializers } from '@tensorflow/tfjs-layers';

type TfInitializer = ReturnType<typeof initializers.zeros>;

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
  layer(name: string): LayerInitializers;
}
