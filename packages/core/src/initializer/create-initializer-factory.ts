import { initializers } from '@tensorflow/tfjs-layers';
import { ReluctantError } from '../errors.js';
import { Random } from '../random/random.js';
import { drawKernel } from './draw-kernel.js';
import { drawRandomizedAsymmetric } from './draw-randomized-asymmetric.js';
import { DrawnInitializer } from './drawn-initializer.js';
import { fans } from './fans.js';
import type { InitializerFactory, LayerInitializers } from './initializer.js';
import type { InitializerSpec } from './initializer-spec.js';

/**
 * The initializers that `spec` asks for. Each layer draws from a stream of its own, (seed, 'init', layer, 'kernel'): equal
 * names and seeds give equal weights, whatever else the network holds and in whatever order it is built.
 */
export function createInitializerFactory(spec: InitializerSpec, seed: number): InitializerFactory {
  return {
    layer(name, fanIn) {
      const stream = (): Random => new Random(seed, 'init', name, 'kernel');
      if (spec.kind === 'randomized-asymmetric') return asymmetricPair(name, stream, fanIn);
      return {
        kernelInitializer: new DrawnInitializer((shape) => drawKernel(spec, shape, stream())),
        biasInitializer: initializers.constant({ value: spec.bias }),
      };
    },
  };
}

/**
 * Kernel and bias are two parts of one joint draw. Each makes that draw from a stream that starts afresh, so they agree
 * whichever comes first. The fan-in, which a bias's shape does not tell, is the kernel's or what the caller told.
 */
function asymmetricPair(layer: string, stream: () => Random, knownFanIn: number | undefined): LayerInitializers {
  let fanIn = knownFanIn;
  const kernelInitializer = new DrawnInitializer((shape) => {
    fanIn = fans(shape).fanIn;
    if (knownFanIn !== undefined && knownFanIn !== fanIn) {
      throw new ReluctantError(
        'PLUGIN_INVALID',
        `The initializer of layer "${layer}" was told the fan-in ${knownFanIn}, but the kernel's is ${fanIn}.`,
      );
    }
    return drawRandomizedAsymmetric(fanIn, shape[shape.length - 1], stream()).kernel;
  });
  const biasInitializer = new DrawnInitializer(([units]) => {
    if (fanIn === undefined) {
      throw new ReluctantError(
        'PLUGIN_INVALID',
        `Layer "${layer}" creates its bias before its kernel. Pass the fan-in: initializers.layer("${layer}", fanIn).`,
      );
    }
    return drawRandomizedAsymmetric(fanIn, units, stream()).bias;
  });
  return { kernelInitializer, biasInitializer };
}
